import NIOCore
import Testing

@testable import Node

/// Which bytes are one whole request whose answer depends on nothing but them.
@Suite struct PlainRequestTests {
    private static func path(_ text: String) -> String? {
        PlainRequest(parsing: ByteBuffer(string: text))?.path
    }

    @Test func takesAHeadThatNamesItsReader() {
        #expect(Self.path("GET /heads HTTP/1.1\r\nHost: a\r\n\r\n") == "/heads")
        let long =
            "GET /a/tile/0/000?x=1 HTTP/1.1\r\nhost: a\r\nUser-Agent: wrk\r\nAccept: */*\r\n"
            + "Accept-Encoding: gzip\r\nAccept-Language: de\r\nIf-None-Match: \"1\"\r\n\r\n"
        #expect(Self.path(long) == "/a/tile/0/000")
    }

    @Test(arguments: [
        // Not whole, or more than one.
        "", "\r\n\r\n", "GET /heads HTTP/1.1\r\nHost: a\r\n",
        "GET /heads HTTP/1.1\r\nHost: a\r\n\r",
        "GET /heads HTTP/1.1\r\nHost: a\r\n\r\nG",
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a HTTP/1.1\r\n\r\nHost: a\r\n\r\n", "\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n",
        // Ends of lines that others might take for ends.
        "GET /a HTTP/1.1\nHost: a\n\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\r\n\r\n", "GET /a HTTP/1.1\r\nHost: a\u{0}\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nAccept: a\r\n b\r\n\r\n",
        // Another method, version or form.
        "POST /a HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n",
        "get /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET  /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /ä HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a HTTP/1.1\r\nAccept: */*\r\n\r\n",
        // Fields that make the answer, or what comes next, another one.
        "GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost : a\r\n\r\n", "GET /a HTTP/1.1\r\nHost\r\n\r\n",
    ]) func leavesToTheRoutes(_ text: String) {
        #expect(Self.path(text) == nil)
    }

    @Test func looksAtNoMoreThanAKibibyte() {
        func request(_ count: Int) -> String {
            let head = "GET /a HTTP/1.1\r\nHost: a\r\nUser-Agent: "
            return head + String(repeating: "x", count: count - head.utf8.count - 4) + "\r\n\r\n"
        }
        #expect(Self.path(request(1_024)) == "/a")
        #expect(Self.path(request(1_025)) == nil)
    }
}
