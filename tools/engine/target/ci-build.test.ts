import { describe, expect, it } from 'vitest';
import { type Build, buildOfEnvironment, firstKnown } from './ci-build.ts';

describe('buildOfEnvironment', () => {
  it.each<[string, Record<string, string>, Build]>([
    ['nothing', { CI: 'true', GITHUB_SHA: 'abc' }, {}],
    [
      'GitHub Actions',
      {
        GITHUB_ACTIONS: 'true',
        GITHUB_SHA: 'abc',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/emulator',
        GITHUB_RUN_ID: '17',
      },
      { commit: 'abc', ci: 'https://github.com/acme/emulator/actions/runs/17' },
    ],
    ['GitHub Actions without a repository', { GITHUB_ACTIONS: 'true', GITHUB_SHA: 'abc' }, { commit: 'abc' }],
    [
      'GitLab',
      { GITLAB_CI: 'true', CI_COMMIT_SHA: 'abc', CI_PIPELINE_URL: 'https://gitlab.example/acme/-/pipelines/17' },
      { commit: 'abc', ci: 'https://gitlab.example/acme/-/pipelines/17' },
    ],
    [
      'Azure Pipelines',
      {
        TF_BUILD: 'True',
        BUILD_SOURCEVERSION: 'abc',
        SYSTEM_COLLECTIONURI: 'https://dev.azure.com/acme/',
        SYSTEM_TEAMPROJECT: 'a b',
        BUILD_BUILDID: '17',
      },
      { commit: 'abc', ci: 'https://dev.azure.com/acme/a%20b/_build/results?buildId=17' },
    ],
    [
      'Jenkins, whose URL carries a password',
      { JENKINS_URL: 'https://ci.example/', GIT_COMMIT: 'abc', BUILD_URL: 'https://me:secret@ci.example/job/a/17/' },
      { commit: 'abc', ci: 'https://ci.example/job/a/17/' },
    ],
    [
      'CircleCI',
      { CIRCLECI: 'true', CIRCLE_SHA1: 'abc', CIRCLE_BUILD_URL: 'https://circleci.example/17' },
      { commit: 'abc', ci: 'https://circleci.example/17' },
    ],
    [
      'Buildkite',
      { BUILDKITE: 'true', BUILDKITE_COMMIT: 'abc', BUILDKITE_BUILD_URL: 'https://buildkite.example/17' },
      { commit: 'abc', ci: 'https://buildkite.example/17' },
    ],
    [
      'Bitbucket',
      {
        BITBUCKET_BUILD_NUMBER: '17',
        BITBUCKET_COMMIT: 'abc',
        BITBUCKET_GIT_HTTP_ORIGIN: 'https://bitbucket.org/acme/a',
      },
      { commit: 'abc', ci: 'https://bitbucket.org/acme/a/pipelines/results/17' },
    ],
    ['a variable that is empty', { GITLAB_CI: 'true', CI_COMMIT_SHA: ' ', CI_PIPELINE_URL: '' }, {}],
    ['what is no address', { GITLAB_CI: 'true', CI_PIPELINE_URL: 'javascript:alert(1)' }, {}],
  ])('%s', (_name, environment, expected) => {
    expect(buildOfEnvironment(environment)).toEqual(expected);
  });
});

it.each<[Build[], Build]>([
  [[], {}],
  [[{ version: '2' }, { version: '1', commit: 'a' }, { commit: 'b', ci: 'c' }], { version: '2', commit: 'a', ci: 'c' }],
  [[{ version: ' ' }, { version: '1' }], { version: '1' }],
])('of %j the first that is known counts', (builds, expected) => {
  expect(firstKnown(...builds)).toEqual(expected);
});
