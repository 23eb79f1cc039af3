import Cryptography
import Encoding
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Bodies in gzip, both ways, as they go over the wire.
@Suite struct CompressionTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    private static let gzip = ["accept-encoding": "br, gzip;q=0.5"]

    private var bundle: String { PeerPath.bundle(country.origin, index: 0, width: 256) }

    private func expanded(_ stream: [UInt8]) -> [UInt8]? {
        let expansion = GzipExpansion()
        expansion.give(stream)
        var content: [UInt8] = []
        while case .content(let bytes) = expansion.next() { content += bytes }
        return expansion.next() == .complete ? content : nil
    }

    @Test func answersInGzipWhoeverTakesIt() async throws {
        try await node.publish(0..<300)
        let entries = SampleCountry.entries(0..<256, branch: country.origin)
        let whole = try EntryBundle(entries).serialized
        try await node.serving { port in
            for headers in [[:], ["accept-encoding": "br"], ["accept-encoding": "gzip;q=0, *"]] {
                let plain = try await RawExchange(port: port, bundle, headers: headers)
                #expect(plain.body == whole)
                #expect(plain.headers["content-encoding"] == nil)
                #expect(plain.headers["vary"] == "Accept-Encoding")
            }
            let answer = try await RawExchange(port: port, bundle, headers: Self.gzip)
            #expect(answer.status == 200)
            #expect(answer.headers["content-encoding"] == "gzip")
            #expect(answer.headers["vary"] == "Accept-Encoding")
            #expect(answer.headers["content-length"] == "\(answer.body.count)")
            #expect(answer.body.count < whole.count / 2)
            #expect(expanded(answer.body) == whole)
            let any = try await RawExchange(
                port: port, bundle, headers: ["accept-encoding": "*"])
            #expect(any.headers["content-encoding"] == "gzip")
        }
    }

    @Test func leavesAloneWhatDoesNotGain() async throws {
        try await node.publish(0..<300)
        let tile = PeerPath.tile(country.origin, try Tile(level: 0, index: 0, width: 256))
        let part = Self.gzip.merging(["range": "bytes=100-"]) { $1 }
        try await node.serving { port in
            let hashes = try await RawExchange(port: port, tile, headers: Self.gzip)
            #expect(hashes.body.count == 8_192)
            #expect(hashes.headers["content-encoding"] == nil)
            let short = try await RawExchange(port: port, "/split-views", headers: Self.gzip)
            #expect(short.headers["content-encoding"] == nil)
            let range = try await RawExchange(port: port, bundle, headers: part)
            #expect(range.status == 206)
            #expect(range.headers["content-encoding"] == nil)
            let head = try await RawExchange(
                port: port, method: "HEAD", bundle, headers: Self.gzip)
            #expect(head.status == 200)
            #expect(head.body.isEmpty)
        }
    }

    @Test func marksOfTwoCodingsDifferAndBothAreKnown() async throws {
        try await node.publish(0..<300)
        try await node.serving { port in
            let plain = try await RawExchange(port: port, "/heads")
            let answer = try await RawExchange(port: port, "/heads", headers: Self.gzip)
            #expect(answer.headers["content-encoding"] == "gzip")
            #expect(expanded(answer.body) == plain.body)
            let strong = try #require(plain.headers["etag"])
            let weak = try #require(answer.headers["etag"])
            #expect(weak == "W/\(strong)")
            for mark in [strong, weak, "\"0\", \(weak)", "*"] {
                let known = try await RawExchange(
                    port: port, "/heads",
                    headers: Self.gzip.merging(["if-none-match": mark]) { $1 })
                #expect(known.status == 304)
                #expect(known.body.isEmpty)
            }
            let same = try await RawExchange(
                port: port, "/heads", headers: Self.gzip.merging(["if-none-match": weak]) { $1 })
            #expect(same.headers["etag"] == weak)
            let other = try await RawExchange(
                port: port, "/heads", headers: ["if-none-match": "W/\"00000000\""])
            #expect(other.status == 200)
        }
    }

    private func post(
        _ port: Int, _ body: [UInt8], coding: String = "gzip"
    ) async throws -> RawExchange {
        try await RawExchange(
            port: port, method: "POST", "/entries", headers: ["content-encoding": coding],
            body: body)
    }

    @Test func takesBodiesInGzipUpToTheLimitOfTheirAddress() async throws {
        try await node.serving { port in
            let taken = try await post(port, Gzip.compressed(Array("an act".utf8)))
            #expect(taken.status == 422)
            #expect(String(decoding: taken.body, as: UTF8.self) == "declined\n")
            // A megabyte is the most; what comes is a fraction of it.
            let bomb = Gzip.compressed([UInt8](repeating: 0x20, count: 48 << 20))
            #expect(bomb.count < 1 << 20)
            #expect(try await post(port, bomb).status == 413)
            let stream = Gzip.compressed([UInt8](repeating: 0x20, count: 5_000))
            #expect(try await post(port, Array(stream.dropLast(3))).status == 400)
            #expect(try await post(port, stream + [0]).status == 400)
            #expect(try await post(port, Array("plain".utf8)).status == 400)
            let unknown = try await post(port, stream, coding: "br")
            #expect(unknown.status == 415)
            #expect(unknown.headers["accept-encoding"] == "gzip")
        }
    }

    @Test func servesTheEndOfABundleAsABundle() async throws {
        try await node.publish(0..<300)
        let entries = SampleCountry.entries(0..<300, branch: country.origin)
        let origin = country.origin
        try await node.serving { port in
            let path = PeerPath.tail(origin, index: 1, width: 40, from: 7)
            let answer = try await RawExchange(port: port, path)
            #expect(try EntryBundle(parsing: answer.body).entries == Array(entries[263..<296]))
            for path in [
                PeerPath.tail(origin, index: 1, width: 45, from: 7),
                PeerPath.tail(origin, index: 1, width: 40, from: 40),
                PeerPath.bundle(origin, index: 1, width: 40) + "/from/07",
                PeerPath.bundle(origin, index: 1, width: 40) + "/from/0",
                PeerPath.bundle(origin, index: 1, width: 40) + "/from/",
            ] { #expect(try await RawExchange(port: port, path).status == 404) }
        }
    }

    /// Between machines everything goes in gzip, pushed and fetched.
    @Test func peersFollowAndPushInGzip() async throws {
        let other = try SampleCountry("XB", 2)
        let source = try SampleNode(country, among: [country, other], quorum: 1)
        let copy = try SampleNode(other, among: [country, other], quorum: 1)
        let outbound = try SampleNode(other, among: [country, other], quorum: 1)
        try await source.publish(0..<300)
        var limits = PeerLimits()
        limits.compression = .always
        let origin = country.origin
        try await PeerNetwork.with(limits: limits) { network in
            for range in [300..<310, 310..<700] {
                try await source.serving { port in
                    let client = network.client(
                        try PeerAddress(parsing: "http://127.0.0.1:\(port)"))
                    let report = await Follower(database: copy.database, rules: copy.rules)
                        .follow(origin, from: [client])
                    #expect(report.failures == [])
                }
                #expect(try copy.head(origin)?.note == source.head(origin)?.note)
                try await source.publish(range)
            }
            try await outbound.serving { port in
                let client = network.client(try PeerAddress(parsing: "http://127.0.0.1:\(port)"))
                _ = try await EntryPush(database: source.database)
                    .push(origin, to: client, from: 0)
            }
            #expect(try outbound.head(origin)?.note == source.head(origin)?.note)
        }
    }
}
