import Cryptography
import Encoding
import Foundation
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

@testable import Node

/// What clients do that no library would: the node bounds it, says so, and serves the protocol.
@Suite(.serialized) struct AbuseTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    private var impatient: ConnectionGuard.Limits {
        var limits = ConnectionGuard.Limits()
        (limits.seconds, limits.slowestRate, limits.lingerSeconds) = (1, 1_024, 1)
        return limits
    }

    private static func head(
        _ method: String, _ path: String, _ fields: [String] = []
    ) -> String {
        (["\(method) \(path) HTTP/1.1", "host: 127.0.0.1"] + fields).joined(separator: "\r\n")
            + "\r\n\r\n"
    }

    /// That whoever asks as one should is answered.
    private static func expectService(
        _ port: Int, _ log: String, at place: SourceLocation = #_sourceLocation
    ) async throws {
        for path in ["/heads", "\(log)/checkpoint", "\(log)/tile/0/000.p/3", "/health"] {
            let answer = try await Exchange("http://127.0.0.1:\(port)\(path)")
            #expect(answer.status == 200, "\(path)", sourceLocation: place)
        }
    }

    private var log: String { PeerPath.log(country.origin) }

    @Test func answersABodyThatComesTooSlowlyWith408() async throws {
        try await node.publish(0..<3)
        let log = log
        try await node.serving(guardLimits: impatient) { port in
            let slow = try (0..<20).map { _ in try ClientSocket(port: port) }
            for client in slow {
                client.send(Self.head("POST", "/entries", ["content-length: 5000"]) + "{")
            }
            try await Self.expectService(port, log)
            for client in slow { #expect(ClientSocket.status(client.receive()) == 408) }
            // One that keeps to the rate is answered, however long it takes.
            let steady = try ClientSocket(port: port)
            steady.send(Self.head("POST", "/entries", ["content-length: 8192"]))
            for _ in 0..<4 {
                steady.send([UInt8](repeating: 0x20, count: 2_048))
                try await Task.sleep(for: .milliseconds(500))
            }
            #expect(steady.answer()?.status == 422)
        }
    }

    @Test func givesUpAnAnswerThatNobodyTakes() async throws {
        let blob = [UInt8](repeating: 7, count: 8 << 20)
        let hash = HashValue(of: blob)
        try node.database.storeBlob(blob, hash: hash)
        var limits = impatient
        limits.slowestRate = 8 << 20
        try await node.serving(guardLimits: limits) { port in
            let client = try ClientSocket(port: port, receiveBuffer: 4_096)
            client.send(Self.head("GET", "/blob/\(hash.hexadecimal)"))
            _ = client.receive(upTo: 100)
            // Two seconds are enough for whoever takes it at all.
            let deadline = Date(timeIntervalSinceNow: 60)
            var isClosed = false
            while !isClosed, Date() < deadline {
                let text = try await Exchange("http://127.0.0.1:\(port)/metrics").text
                isClosed = text.contains("concord_connections 1\n")
                if !isClosed { try await Task.sleep(for: .milliseconds(200)) }
            }
            #expect(client.receive().count < blob.count)
        }
    }

    @Test func refusesABodyThatIsTooLargeAndReadsNoMore() async throws {
        try await node.publish(0..<3)
        let log = log
        try await node.serving(guardLimits: impatient) { port in
            for fields in [["content-length: 10000000000"], ["transfer-encoding: chunked"]] {
                let client = try ClientSocket(port: port)
                client.send(Self.head("POST", "/seen", fields))
                let isChunked = fields[0].hasPrefix("transfer")
                let part = [UInt8](repeating: 0x41, count: 65_536)
                var sent = 0
                while sent < 1 << 30 {
                    if isChunked { client.send("10000\r\n") }
                    guard client.send(part) else { break }
                    if isChunked { client.send("\r\n") }
                    sent += part.count
                }
                // The line was cut long before a gibibyte had gone through.
                #expect(sent < 512 << 20)
            }
            let polite = try ClientSocket(port: port)
            polite.send(Self.head("POST", "/seen", ["content-length: 10000000000"]))
            let answer = polite.receive()
            #expect(ClientSocket.status(answer) == 413)
            let text = String(decoding: answer, as: UTF8.self).lowercased()
            #expect(text.contains("connection: close"))
            #expect(text.contains("at most 16384 bytes"))
            try await Self.expectService(port, log)
        }
    }

    @Test(arguments: ["deflate", "br", "identity, gzip"])
    func unpacksNothingButGzip(_ coding: String) async throws {
        try await node.serving { port in
            let bomb = [UInt8](repeating: 0x1F, count: 1_000)
            let answer = try await Exchange(
                "http://127.0.0.1:\(port)/entries", method: "POST",
                headers: ["Content-Encoding": coding], body: bomb)
            #expect(answer.status == 415)
            #expect(answer.text.contains("expected a body in gzip, or as it is"))
        }
    }

    @Test func holdsNoMoreBodiesThanThereIsRoomFor() async throws {
        try await node.publish(0..<3)
        let log = log
        let small = try NodeConfiguration(
            parsing: Array(#"{"version": 1, "bodyMebibytes": 32, "syncSeconds": 0}"#.utf8))
        try await node.serving(configure: { $0 = small }) { port in
            // Four of four mebibytes each, and each one a byte short of its end.
            let size = 4 << 20
            var clients: [ClientSocket] = []
            for _ in 0..<8 {
                let client = try ClientSocket(port: port)
                client.send(Self.head("POST", "/split-views", ["content-length: \(size)"]))
                client.send([UInt8](repeating: 0x20, count: size - 1))
                clients.append(client)
            }
            // The node has taken in what they sent.
            let expected = 8 * (size - 1 - BodyBudget.smallBytes)
            var held = 0
            for _ in 0..<300 where held < expected {
                let text = try await Exchange("http://127.0.0.1:\(port)/metrics").text
                let line = text.split(separator: "\n").first { $0.hasPrefix("concord_body_bytes ") }
                held = line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
                if held < expected { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(held == expected)
            let one = try ClientSocket(port: port)
            one.send(Self.head("POST", "/split-views", ["content-length: \(size)"]))
            one.send([UInt8](repeating: 0x20, count: size))
            let refused = one.receive(seconds: 10)
            #expect(ClientSocket.status(refused) == 503)
            // What is small needs no room, and what is read none at all.
            let seen = try await Exchange(
                "http://127.0.0.1:\(port)/seen", method: "POST", body: [1])
            #expect(seen.status == 400)
            try await Self.expectService(port, log)
            for client in clients { client.send([0x20]) }
            for client in clients { #expect(client.answer()?.status == 400) }
            let after = try await Exchange(
                "http://127.0.0.1:\(port)/split-views", method: "POST",
                body: [UInt8](repeating: 0x20, count: size))
            #expect(after.status == 400)
        }
    }

    @Test func turnsAwayOneConnectionTooMany() async throws {
        let few = try NodeConfiguration(
            parsing: Array(#"{"version": 1, "connections": 16, "syncSeconds": 0}"#.utf8))
        try await node.serving(guardLimits: impatient, configure: { $0 = few }) { port in
            var open = try (0..<16).map { _ in try ClientSocket(port: port) }
            for client in open {
                client.send(Self.head("GET", "/heads"))
                #expect(client.answer()?.status == 200)
            }
            let late = try ClientSocket(port: port)
            late.send(Self.head("GET", "/heads"))
            let answer = String(decoding: late.receive(), as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 503 "))
            #expect(answer.lowercased().contains("retry-after: 10"))
            // One that says nothing does not stay either.
            let mute = try ClientSocket(port: port)
            #expect(mute.receive().isEmpty)
            open.removeAll()
            var status = 0
            for _ in 0..<100 where status != 200 {
                status = (try? await Exchange("http://127.0.0.1:\(port)/heads").status) ?? 0
            }
            #expect(status == 200)
        }
    }

    /// Large answers that nobody takes fill their room, and nobody else's.
    @Test func holdsNoMoreAnswersThanThereIsRoomFor() async throws {
        try await node.publish(0..<3)
        let log = log
        let blob = [UInt8](repeating: 7, count: 16 << 20)
        let hash = HashValue(of: blob)
        try node.database.storeBlob(blob, hash: hash)
        let small = try NodeConfiguration(
            parsing: Array(#"{"version": 1, "bodyMebibytes": 32, "syncSeconds": 0}"#.utf8))
        try await node.serving(configure: { $0 = small }) { port in
            let takers = try (0..<2).map { _ in
                try ClientSocket(port: port, receiveBuffer: 4_096)
            }
            for client in takers {
                client.send(Self.head("GET", "/blob/\(hash.hexadecimal)"))
                #expect(ClientSocket.status(client.receive(upTo: 64)) == 200)
            }
            let before = ProcessMemory.now.anonymous
            for _ in 0..<40 {
                let client = try ClientSocket(port: port)
                client.send(Self.head("GET", "/blob/\(hash.hexadecimal)"))
                #expect(client.answer()?.status == 503)
            }
            let grown = ProcessMemory.now.anonymous - before
            #expect(grown < 150 << 20, "\(grown >> 20) MiB")
            try await Self.expectService(port, log)
            withExtendedLifetime(takers) {}
        }
    }

    /// A thousand that say nothing, or half a word, cost little and hold nobody up.
    @Test func servesBesideAThousandIdleConnections() async throws {
        try await node.publish(0..<3)
        let log = log
        try await node.serving { port in
            try await Self.expectService(port, log)
            let before = ProcessMemory.now.anonymous
            var idle: [ClientSocket] = []
            for number in 0..<1_000 {
                let client = try ClientSocket(port: port)
                if number % 3 == 1 { client.send("GET /heads HTTP/1.1\r\nhost: ") }
                if number % 3 == 2 {
                    client.send(Self.head("GET", "/heads"))
                    #expect(client.answer()?.status == 200)
                }
                idle.append(client)
            }
            try await Self.expectService(port, log)
            let grown = ProcessMemory.now.anonymous - before
            #expect(grown < 150 << 20, "\(grown >> 20) MiB")
            withExtendedLifetime(idle) {}
        }
    }

    @Test func refusesAHeadWithoutEnd() async throws {
        try await node.publish(0..<3)
        let log = log
        try await node.serving { port in
            for field in ["x-long: " + String(repeating: "a", count: 40_000)]
                + [(0..<300).map { "x-\($0): 1" }.joined(separator: "\r\n")]
            {
                let client = try ClientSocket(port: port)
                client.send(Self.head("GET", "/heads", [field]))
                let status = ClientSocket.status(client.receive())
                #expect(status == 400 || status == 431)
            }
            try await Self.expectService(port, log)
        }
    }
}
