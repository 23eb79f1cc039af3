import Encoding
import Foundation
import Node
import TestSupport
import Testing

/// The file of a node's configuration, and the page that explains it.
@Suite struct NodeConfigurationTests {
    private func parse(_ members: String) throws -> NodeConfiguration {
        try NodeConfiguration(parsing: Array("{\"version\": 1, \(members)}".utf8))
    }

    private static var page: String {
        get throws {
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Protocol/operation.md")
            return try String(contentsOf: file, encoding: .utf8)
        }
    }

    @Test func isExplainedKeyByKey() throws {
        let rows = try Self.page.split(separator: "\n").filter { $0.hasPrefix("| `") }
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
            .filter { $0.count == 5 }
        let expected = NodeConfiguration.keys.map {
            ["`\($0.name)`", $0.type, $0.standardText, $0.range]
        }
        #expect(rows.map { Array($0.prefix(4)) } == expected)
        for row in rows { #expect(row[4].count > 10, "\(row[0]) says what it is") }
    }

    @Test func takesEveryValueInItsRangeAndNoneBeyond() throws {
        for key in NodeConfiguration.keys {
            switch key.form {
            case .integer(let range, _):
                for value in [range.lowerBound, range.upperBound] {
                    #expect(throws: Never.self) { try parse("\"\(key.name)\": \(value)") }
                }
                for value in [range.lowerBound - 1, range.upperBound + 1] {
                    let error = #expect(throws: ParsingError.self) {
                        try parse("\"\(key.name)\": \(value)")
                    }
                    #expect(error?.description.contains(key.name) == true)
                }
                #expect(throws: ParsingError.self) { try parse("\"\(key.name)\": \"1\"") }
            case .word(let words):
                for word in words {
                    #expect(throws: Never.self) { try parse("\"\(key.name)\": \"\(word)\"") }
                }
                #expect(throws: ParsingError.self) { try parse("\"\(key.name)\": \"other\"") }
                #expect(throws: ParsingError.self) { try parse("\"\(key.name)\": 1") }
            case .host, .path, .address:
                for value in ["\"\"", "\"a\\nb\"", "1", "true"] {
                    #expect(throws: ParsingError.self) { try parse("\"\(key.name)\": \(value)") }
                }
            }
        }
    }

    @Test func wantsACertificateWithItsKey() throws {
        for one in [#""tlsCertificate": "a.pem""#, #""tlsKey": "b.pem""#] {
            #expect(throws: ParsingError.self) { try parse(one) }
        }
        let files = try parse(#""tlsCertificate": "a.pem", "tlsKey": "b.pem""#).tlsFiles
        #expect(files?.certificate == "a.pem")
        #expect(files?.key == "b.pem")
    }

    @Test func namesTheKeyThatItDoesNotKnow() throws {
        let folder = try TemporaryFolder()
        try #"{"version": 1, "prot": 8080}"#
            .write(toFile: folder.path("node.json"), atomically: true, encoding: .utf8)
        let error = #expect(throws: NodeError.self) {
            try NodeConfiguration(inFolder: folder.path)
        }
        #expect(error?.description.contains("prot") == true)
        #expect(error?.description.contains("node.json") == true)
    }

    @Test func writesWhatItReads() throws {
        let configuration = try parse(
            #""host": "::1", "connections": 99, "metrics": "off", "logForm": "json""#)
        let again = try NodeConfiguration(parsing: configuration.serialized)
        #expect(again == configuration)
        #expect(again.connections == 99)
        #expect(again.metricsReaders == .off)
        #expect(again.logsJSON)
        #expect(
            try NodeConfiguration(parsing: NodeConfiguration().serialized) == NodeConfiguration())
    }
}
