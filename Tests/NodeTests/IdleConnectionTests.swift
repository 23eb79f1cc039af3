import Cryptography
import Foundation
import Storage
import Sync
import TestSupport
import Testing

@testable import Node

/// How long a connection stays, whatever it is used for.
@Suite(.serialized) struct IdleConnectionTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    private static func limits(idleSeconds: Int64) -> ConnectionGuard.Limits {
        var limits = ConnectionGuard.Limits()
        limits.idleSeconds = idleSeconds
        return limits
    }

    private static func get(_ path: String) -> String {
        "GET /\(path) HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
    }

    @Test func closesAConnectionOnWhichNothingIsAsked() async throws {
        try await node.publish(0..<3)
        let path = "\(PeerPath.log(country.origin).drop { $0 == "/" })/checkpoint"
        try await node.serving(guardLimits: Self.limits(idleSeconds: 1)) { port in
            let silent = try ClientSocket(port: port)
            let used = try ClientSocket(port: port)
            used.send(Self.get(path))
            #expect(used.answer()?.status == 200)
            #expect(silent.receive(seconds: 10) == [])
            #expect(silent.hasAnswer)
            #expect(used.receive(seconds: 10) == [])
            #expect(used.hasAnswer)
        }
    }

    @Test func aConnectionThatTheShelfAnswersIsInUse() async throws {
        try await node.publish(0..<3)
        let path = "\(PeerPath.log(country.origin).drop { $0 == "/" })/checkpoint"
        try await node.serving(guardLimits: Self.limits(idleSeconds: 2)) { port in
            let client = try ClientSocket(port: port)
            for _ in 0..<8 {
                client.send(Self.get(path))
                #expect(client.answer()?.status == 200)
                try await Task.sleep(for: .milliseconds(500))
            }
        }
    }

    @Test func anAnswerMayBeTakenForLongerThanAConnectionMayBeIdle() async throws {
        let blob = [UInt8](repeating: 7, count: 16 << 20)
        let hash = HashValue(of: blob)
        try node.database.storeBlob(blob, hash: hash)
        try await node.serving(guardLimits: Self.limits(idleSeconds: 1)) { port in
            let client = try ClientSocket(port: port, receiveBuffer: 4_096)
            client.send(Self.get("blob/\(hash.hexadecimal)"))
            var count = client.receive(upTo: 1_000).count
            for _ in 0..<3 {
                try await Task.sleep(for: .seconds(1))
                count += client.receive(upTo: 1_000).count
            }
            while count < blob.count {
                let part = client.receive(seconds: 5, upTo: 1 << 20)
                guard !part.isEmpty else { break }
                count += part.count
            }
            #expect(count > blob.count)
        }
    }
}
