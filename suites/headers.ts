import { answerRules, answersSatisfy, defineSuite } from '../tools/graph/suite.ts';

const { suite, check } = defineSuite('headers');

check('header.request-id', 'sends a request-id', answersSatisfy(answerRules.requestId));

check('header.client-request-id', 'echoes the client-request-id', answersSatisfy(answerRules.clientRequestId));

export default suite;
