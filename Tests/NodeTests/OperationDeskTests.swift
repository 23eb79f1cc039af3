import Encoding
import Foundation
import Logging
import Storage
import TestSupport
import Testing
import TransparencyLog

@testable import Node

/// What whoever watches a node is told, and what nobody is.
@Suite struct OperationDeskTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    private func status(_ answer: Exchange) throws -> String? {
        try JSONValue(parsing: answer.body).object?["status"]?.string
    }

    @Test func saysWhetherItServesAndWhetherItSigns() async throws {
        let node = node
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)/health"
            let open = try await Exchange(url)
            #expect(open.status == 200)
            #expect(try status(open) == "serving")
            #expect(open.headers["cache-control"] == "no-store")
            try node.database.closeSession([.notAsked])
            let sealed = try await Exchange(url)
            #expect(sealed.status == 200)
            #expect(try status(sealed) == "sealed")
            try node.database.close()
            let failing = try await Exchange(url)
            #expect(failing.status == 503)
            #expect(try status(failing) == "failing")
        }
    }

    @Test func showsLogsAndRequestsAsPrometheusReadsThem() async throws {
        try await node.publish(0..<7)
        let origin = country.origin
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)"
            _ = try await Exchange(url + "/heads")
            _ = try await Exchange(url + "/blob/\(String(repeating: "0", count: 64))")
            _ = try await Exchange(url + "/nothing-like-this")
            let answer = try await Exchange(url + "/metrics")
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = answer.text.split(separator: "\n").map(String.init)
            #expect(lines.contains("concord_log_entries{origin=\"\(origin)\"} 7"))
            #expect(lines.contains("concord_log_signed_entries{origin=\"\(origin)\"} 7"))
            #expect(lines.contains("concord_sealed 0"))
            #expect(
                lines.contains(
                    #"concord_requests_total{method="GET",route="/heads",status="200"} 1"#))
            #expect(
                lines.contains(
                    #"concord_requests_total{method="GET",route="/blob/{hash}",status="404"} 1"#))
            // What was asked for stands nowhere.
            #expect(!answer.text.contains("nothing-like-this"))
            #expect(!answer.text.contains(String(repeating: "0", count: 16)))
            for line in lines where !line.hasPrefix("#") {
                let sample =
                    /[a-z_]+(\{([a-z]+="[^"]*",?)+\})? -?[0-9.e+-]+|[a-z_]+\{.*le="\+Inf"\} \d+/
                #expect(line.wholeMatch(of: sample) != nil, "\(line)")
            }
        }
    }

    /// Each number that may be shown is named on the page of the protocol, and is shown.
    @Test func namesItsNumbersOnThePage() async throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Protocol/operation.md"), encoding: .utf8)
        let named = Set(page.matches(of: /`((?:concord|process)_[a-z_]+)`/).map { String($0.1) })
        let names = PrometheusText.helps.map(\.name)
        #expect(named == Set(names))
        try await node.publish(0..<3)
        let text = try await node.serving { port in
            let client = try ClientSocket(port: port)
            client.send("no request\r\n\r\n")
            #expect(ClientSocket.status(client.receive()) == 400)
            _ = try await Exchange("http://127.0.0.1:\(port)/heads")
            return try await Exchange("http://127.0.0.1:\(port)/metrics").text
        }
        // Nobody witnesses this log.
        for name in names where name != "concord_log_quorum_time_seconds" {
            #expect(text.contains("# TYPE \(name) "), "\(name)")
        }
        #expect(text.contains("concord_refused_total{status=\"400\"} 1\n"))
    }

    @Test func showsNumbersToThisMachineUnlessToldOtherwise() async throws {
        let forwarded = ["X-Forwarded-For": "203.0.113.9"]
        for (readers, here, elsewhere) in [
            ("local", 200, 403), ("everybody", 200, 200), ("off", 404, 404),
        ] {
            let configured = try NodeConfiguration(
                parsing: Array(#"{"version": 1, "metrics": "\#(readers)", "syncSeconds": 0}"#.utf8))
            try await node.serving(configure: { $0 = configured }) { port in
                let url = "http://127.0.0.1:\(port)/metrics"
                let own = try await Exchange(url)
                #expect(own.status == here)
                let other = try await Exchange(url, headers: forwarded)
                #expect(other.status == elsewhere)
            }
        }
    }

    @Test func writesALineOfTheLogAsOneObject() throws {
        let line = JSONLogHandler.line(
            .notice, "log advanced", ["to": "7", "origin": "a\"b\nc", "level": "hidden"],
            at: Timestamp(seconds: 0))
        #expect(line.last == 0x0A)
        #expect(line.filter { $0 == 0x0A }.count == 1)
        let object = try #require(try JSONValue(parsing: Array(line.dropLast())).object)
        #expect(object["time"]?.string == "1970-01-01T00:00:00Z")
        #expect(object["level"]?.string == "notice")
        #expect(object["message"]?.string == "log advanced")
        #expect(object["to"]?.string == "7")
        #expect(object["origin"]?.string == "a\"b\nc")
    }

    @Test func datesAnswersAsHTTPDoes() {
        #expect(AnswerDate.text(Timestamp(seconds: 0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(
            AnswerDate.text(Timestamp(seconds: 784_111_777)) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }
}
