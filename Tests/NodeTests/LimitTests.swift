import Cryptography
import Encoding
import Node
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// The numbers of `Protocol/sync.md § Limits`, each where a peer can reach it.
@Suite struct LimitTests {
    let countries: [SampleCountry]
    let node: SampleNode

    init() throws {
        let countries = [try SampleCountry("XA", 1), try SampleCountry("XB", 2)]
        self.countries = countries
        node = try SampleNode(countries[0], among: countries, quorum: 1)
    }

    private func limits(entries: UInt64 = 4_000_000, bytes: UInt64 = 1 << 30) -> FollowLimits {
        var limits = FollowLimits()
        (limits.quotaEntries, limits.quotaBytes) = (entries, bytes)
        return limits
    }

    /// A country that floods its own log stops at the quota; what is here stays and counts.
    @Test func floodedLogStopsAtItsQuota() async throws {
        let sender = try SampleNode(countries[1], among: countries, quorum: 1)
        let (origin, own) = (countries[1].origin, countries[0].origin)
        try await sender.publish(0..<300)
        try await node.publish(0..<3)
        let node = node
        @Sendable func follow(_ limits: FollowLimits, _ port: Int) async throws -> FollowReport {
            try await PeerNetwork.with { network in
                await Follower(database: node.database, rules: node.rules, limits: limits).follow(
                    origin,
                    from: [network.client(try PeerAddress(parsing: "http://127.0.0.1:\(port)"))])
            }
        }
        let bytes = sender.entries(0..<300).reduce(0) { $0 + $1.bytes.count }
        let most = UInt64(bytes) + 1_000
        let (many, small) = (limits(entries: 500), limits(bytes: most))
        try await sender.serving { port in
            #expect(try await follow(many, port).outcome == .advanced(from: 0, to: 300))
            try await sender.publish(300..<700)
            let flooded = try await follow(many, port)
            #expect(
                flooded.failures == [.overQuota(origin: origin, what: "entries", limit: 500)])
            #expect(flooded.outcome == .failed)
            let heavy = try await follow(small, port)
            #expect(
                heavy.failures == [.overQuota(origin: origin, what: "bytes", limit: most)])
        }
        #expect(try node.head(origin)?.head.size == 300)
        #expect(try node.head(own)?.head.size == 3)
        #expect(try node.database.read { try $0.byteCount(origin) } == UInt64(bytes))
    }

    @Test func pushedEntriesStopAtTheQuotaToo() throws {
        let log = SampleCountry.entries(0..<300)
        let leaves = log.map(MerkleTree.leafHash)
        let packages = (0..<2).map { number in
            let place = EntryUpload.place(of: number, in: 0..<300)
            return EntryUpload.Package(
                entries: (place.first..<place.end).map { log[Int($0)] },
                hashes: SubtreeProof.build(range: place.start..<place.end, size: 300) {
                    level, index in
                    let start = Int(index) << level
                    return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
                })
        }
        let body = EntryUpload(
            origin: countries[1].origin, range: 0..<300,
            ticket: try countries[1].checkpoint(log).note.serialized, packages: packages
        ).serialized
        for limits in [limits(entries: 299), limits(bytes: 2_000)] {
            let desk = UploadDesk(database: node.database, rules: node.rules, limits: limits)
            #expect(try desk.answer(body).status == 507)
        }
        #expect(try node.database.read { try $0.log(countries[1].origin)?.size } == 0)
        #expect(
            try UploadDesk(database: node.database, rules: node.rules).answer(body).status == 200)
    }

    /// Sixteen lines are kept, the newest; a note of strangers' lines is stored without them.
    @Test func keepsSixteenLinesUnderANote() throws {
        let witnesses = try (1...20).map { try SampleCountry("W\($0)", UInt8($0 + 10)) }
        let follower = try FollowedLog(
            countries[1], policy: try SampleCountry.policy(12, of: witnesses))
        let log = SampleCountry.entries(0..<5)
        let head = try countries[1].checkpoint(log).head
        let lines = witnesses.enumerated().map { number, witness in
            witness.witness.cosign(head, at: Timestamp(seconds: Int64(100 + number)))
        }
        let strangers = try (1...5).map { number in
            try SampleCountry("S\(number)", UInt8(number + 60)).witness.cosign(
                head, at: Timestamp(seconds: 1_000))
        }
        let note = try countries[1].checkpoint(log).adding(strangers + lines).note
        #expect(note.signatures.count == 26)
        try follower.take(log, under: note)
        let kept = try #require(try follower.head?.note)
        #expect(kept.signatures.count == 16)
        // The newest fifteen: they still make the quorum of twelve.
        #expect(try follower.head?.quorumTime == Timestamp(seconds: 108))
    }

    @Test func refusesNotesOver64KiB() throws {
        let note = try countries[1].checkpoint(SampleCountry.entries(0..<3)).note
        let padded =
            "\(note.text)\(String(repeating: "x", count: 1 << 16))\n\n\(note.signatures[0].line)"
        #expect(throws: LogError.self) { try SignedNote(parsing: Array(padded.utf8)) }
    }

    /// One address that asks without end is refused; a checkpoint never is.
    @Test func addressOverItsBudgetGetsNothingButCheckpoints() async throws {
        try await node.publish(0..<3)
        let path = PeerPath.checkpoint(countries[0].origin)
        try await node.serving { port in
            let url = "http://127.0.0.1:\(port)"
            func post(_ address: String?) async throws -> Int {
                try await Exchange(
                    url + "/seen", method: "POST",
                    headers: address.map { ["X-Forwarded-For": $0] } ?? [:], body: [1]
                ).status
            }
            // The budget comes back while it is spent, but more slowly than anybody asks.
            var status = 0
            for _ in 0..<5_000 where status != 429 { status = try await post("203.0.113.9") }
            #expect(status == 429)
            let asked = ["X-Forwarded-For": "203.0.113.9"]
            #expect(try await Exchange(url + path, headers: asked).status == 200)
            #expect(try await Exchange(url + "/heads", headers: asked).status == 200)
            // Nobody else is held up, and nobody hides behind an invented first address.
            #expect(try await post("198.51.100.7") == 400)
            #expect(try await post(nil) == 400)
            status = 0
            for _ in 0..<50 where status != 429 {
                status = try await post("192.0.2.1, 203.0.113.9")
            }
            #expect(status == 429)
        }
    }
}

/// A copy of one log, taken over without a network.
private struct FollowedLog {
    let folder: TemporaryFolder
    let database: LogDatabase
    let desk: UploadDesk
    let country: SampleCountry

    init(_ country: SampleCountry, policy: WitnessPolicy) throws {
        self.country = country
        folder = try TemporaryFolder()
        database = try LogDatabase(inFolder: folder.path)
        try database.addLog(country.origin, isOwn: false)
        let key = country.log.verifier
        desk = UploadDesk(
            database: database, rules: LogRules(keys: { _, _ in [key] }, policy: { _ in policy }))
    }

    func take(_ log: [[UInt8]], under note: SignedNote) throws {
        let upload = EntryUpload(
            origin: country.origin, range: 0..<UInt64(log.count), ticket: note.serialized,
            packages: [.init(entries: log, hashes: [])])
        #expect(try desk.answer(upload.serialized).status == 200)
    }

    var head: StoredCheckpoint? {
        get throws { try database.read { try $0.head(country.origin) } }
    }
}
