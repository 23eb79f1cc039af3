import Encoding
import Storage
import Sync
import Synchronization
import TestSupport
import Testing
import TransparencyLog

/// Peers that keep a round waiting: one silence each, and then they are left alone.
@Suite struct CircuitBreakerTests {
    private let one: PeerAddress
    private let other: PeerAddress

    init() throws {
        one = try PeerAddress(parsing: "http://127.0.0.1:1001")
        other = try PeerAddress(parsing: "http://127.0.0.1:1002")
    }

    @Test func aPeerThatIsSilentAgainAndAgainRestsLongerAndNeverForGood() {
        let breaker = CircuitBreaker()
        var asked: [Int] = []
        for round in 0..<40 {
            guard breaker.beginRound(with: [one, other]).contains(one) else { continue }
            asked.append(round)
            breaker.trip(one)
            #expect(breaker.isOpen(one))
        }
        #expect(Array(asked.prefix(5)) == [0, 1, 3, 7, 15])
        let pauses = zip(asked.dropFirst(), asked).map { $0 - $1 }
        #expect(pauses.max() == CircuitBreaker.restLimit + 1)
    }

    @Test func aPeerThatAnswersAgainIsForgiven() {
        let breaker = CircuitBreaker()
        for _ in 0..<3 {
            _ = breaker.beginRound(with: [one, other])
            breaker.trip(one)
            _ = breaker.beginRound(with: [one, other])
            #expect(!breaker.isOpen(one))
        }
        for _ in 0..<CircuitBreaker.restLimit + 2 { _ = breaker.beginRound(with: [one, other]) }
        #expect(breaker.beginRound(with: [one, other]) == [one, other])
    }

    @Test func whoeverLiesIsAskedAfterTheOthersAndWhoeverIsAloneIsAsked() {
        let breaker = CircuitBreaker()
        #expect(breaker.beginRound(with: [one, other]) == [one, other])
        breaker.blame(one)
        #expect(!breaker.isOpen(one))
        #expect(breaker.beginRound(with: [one, other]) == [other, one])
        for _ in 0..<10 {
            #expect(breaker.beginRound(with: [one]) == [one])
            breaker.trip(one)
        }
    }

    /// A peer that shows the heads of many logs and hangs on everything else holds up as many
    /// requests as are on their way at once, and the logs come from the other peer.
    @Test func aPeerThatHangsDoesNotHoldUpEveryLog() async throws {
        let countries = try (0..<12).map { number in
            try SampleCountry("X\(Character(UnicodeScalar(UInt8(65 + number))))", UInt8(number + 1))
        }
        let peers = try countries.map { try SamplePeer($0, SampleCountry.entries(0..<40)) }
        @Sendable func heads() -> [UInt8] {
            HeadList(
                peers.map {
                    HeadList.Head(origin: $0.country.origin, size: 40, note: $0.note)
                }
            ).serialized
        }
        @Sendable func answer(_ request: RawRequest) -> RawAnswer {
            if request.path == PeerPath.heads { return .bytes(200, heads()) }
            let peer = peers.first { request.path.hasPrefix(PeerPath.log($0.country.origin)) }
            return peer?.answer(request) ?? .bytes(200, HashList([]).serialized)
        }
        let held = Mutex(0)
        let hanging = try RawServer { request in
            guard request.path != PeerPath.heads else { return answer(request) }
            held.withLock { $0 += 1 }
            return .silence
        }
        let honest = try RawServer { answer($0) }
        let folder = try TemporaryFolder()
        let database = try LogDatabase(inFolder: folder.path)
        let keys = Dictionary(uniqueKeysWithValues: countries.map { ($0.origin, $0.log.verifier) })
        let policy = try SampleCountry.policy(0, of: [])
        let rules = LogRules(
            keys: { origin, _ in keys[origin].map { [$0] } ?? [] }, policy: { _ in policy })
        for country in countries { try database.addLog(country.origin, isOwn: false) }
        for url in [hanging.url, honest.url] {
            try database.store(PeerRecord(origin: countries[0].origin, url: url))
        }
        var limits = PeerLimits()
        (limits.connectSeconds, limits.idleSeconds, limits.totalSeconds) = (5, 2, 5)
        let reports = try await PeerNetwork.with(limits: limits) { network in
            let synchronizer = Synchronizer(database: database, rules: rules, network: network)
            var reports: [Synchronizer.Report] = []
            for _ in 0..<2 {
                reports.append(
                    await synchronizer.round { records in
                        records.sorted { one, _ in one.url == hanging.url }
                    })
            }
            return reports
        }
        for country in countries {
            #expect(try database.read { try $0.log(country.origin)?.size } == 40)
        }
        #expect(reports[0].logs.count == countries.count)
        // At most one request of each log that is followed at once, and one to go on with.
        #expect(held.withLock { $0 } <= 8)
    }
}
