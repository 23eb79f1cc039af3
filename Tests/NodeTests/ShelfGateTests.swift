import Foundation
import Storage
import Sync
import TestSupport
import Testing

@testable import Node

/// That a connection is answered as if there were no shelf, whatever comes over it and however.
@Suite struct ShelfGateTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    private var log: String { "/" + PeerPath.log(country.origin).drop { $0 == "/" } }

    private static func get(_ path: String, _ fields: [String] = []) -> String {
        (["GET \(path) HTTP/1.1", "host: 127.0.0.1"] + fields).joined(separator: "\r\n")
            + "\r\n\r\n"
    }

    private static func count(_ route: String, _ port: Int) async throws -> Int? {
        let text = try await Exchange("http://127.0.0.1:\(port)/metrics").text
        let line = text.split(separator: "\n").first {
            $0.hasPrefix("concord_requests_total") && $0.contains("route=\"\(route)\"")
        }
        return line?.split(separator: " ").last.flatMap { Int($0) }
    }

    @Test func countsWhatTheShelfAnswersAsTheRoutesDo() async throws {
        try await node.publish(0..<3)
        let path = "\(log)/tile/0/000.p/3"
        try await node.serving { port in
            let client = try ClientSocket(port: port)
            var answers: [String] = []
            for _ in 0..<5 {
                client.send(Self.get(path))
                let answer = try #require(client.answer())
                #expect(answer.status == 200)
                #expect(answer.body.count == 96)
                answers.append(answer.head)
            }
            #expect(Set(answers).count == 1)
            #expect(try await Self.count("/{log}/tile/**", port) == 5)
        }
    }

    @Test func asksNoRouteTwiceForTheSameBytes() async throws {
        try await node.publish(0..<3)
        let (known, other) = ("\(log)/tile/0/000.p/3", "\(log)/tile/0/000.p/2")
        try await node.serving { port in
            let client = try ClientSocket(port: port)
            client.send(Self.get(known))
            #expect(client.answer()?.status == 200)
            try node.database.close()
            client.send(Self.get(known))
            #expect(client.answer()?.status == 200)
            client.send(Self.get(other))
            #expect(client.answer()?.status == 500)
        }
    }

    @Test func showsANewCheckpointAtOnce() async throws {
        try await node.publish(0..<3)
        let path = "\(log)/checkpoint"
        try await node.serving { port in
            let client = try ClientSocket(port: port)
            for size in 4..<10 {
                for _ in 0..<3 {
                    client.send(Self.get(path))
                    let text = String(decoding: client.answer()?.body ?? [], as: UTF8.self)
                    #expect(text.split(separator: "\n").dropFirst().first == "\(size - 1)")
                }
                try await node.publish((size - 1)..<size)
            }
        }
    }

    @Test func tellsWhoHasTheAnswerSoUntilItIsAnotherOne() async throws {
        try await node.publish(0..<3)
        try await node.serving { port in
            let client = try ClientSocket(port: port)
            client.send(Self.get("/heads"))
            let head = client.answer()?.head ?? ""
            let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("etag:") }
            let mark = try #require(line?.split(separator: " ").last)
            for _ in 0..<3 {
                client.send(Self.get("/heads", ["if-none-match: \(mark)"]))
                #expect(client.answer()?.status == 304)
            }
            try await node.publish(3..<4)
            client.send(Self.get("/heads", ["if-none-match: \(mark)"]))
            #expect(client.answer()?.status == 200)
        }
    }

    /// Requests of every kind in a row, cut where the network may cut them: each has its answer,
    /// and the answers come in order.
    @Test(arguments: 0..<12)
    func answersInOrderHoweverTheBytesCome(_ seed: UInt64) async throws {
        try await node.publish(0..<5)
        let log = log
        let kinds: [(text: String, status: Int, size: Int?)] = [
            (Self.get("\(log)/tile/0/000.p/5"), 200, 160),
            (Self.get("\(log)/tile/0/000.p/3"), 200, 96),
            (Self.get("\(log)/tile/0/000.p/5", ["range: bytes=0-9"]), 206, 10),
            (Self.get("\(log)/tile/0/000.p/9"), 404, nil),
            (Self.get("\(log)/checkpoint"), 200, nil),
            ("POST /seen HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}", 400, nil),
        ]
        try await node.serving { port in
            var generator = SeededGenerator(seed: seed)
            let client = try ClientSocket(port: port)
            for _ in 0..<8 {
                let chosen = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    kinds[Int.random(in: 0..<kinds.count, using: &generator)]
                }
                var bytes = Array(chosen.map(\.text).joined().utf8)[...]
                while !bytes.isEmpty {
                    let isWhole = Bool.random(using: &generator)
                    let count =
                        isWhole ? bytes.count : Int.random(in: 1...bytes.count, using: &generator)
                    client.send(Array(bytes.prefix(count)))
                    bytes = bytes.dropFirst(count)
                    if !isWhole { try await Task.sleep(for: .milliseconds(5)) }
                }
                for kind in chosen {
                    let answer = try #require(client.answer(), "seed \(seed)")
                    #expect(answer.status == kind.status, "seed \(seed)")
                    if let size = kind.size { #expect(answer.body.count == size, "seed \(seed)") }
                }
            }
        }
    }
}
