import { answerRules, answersKeep, defineSuite } from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('headers');

check('header.request-id', 'sends a request-id', answersKeep(answerRules.requestId));

check('header.client-request-id', 'echoes the client-request-id', answersKeep(answerRules.clientRequestId));

export default suite;
