import nock from 'nock';

// No test may depend on the internet; the servers that tests start are on loopback.
nock.disableNetConnect();
nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);
