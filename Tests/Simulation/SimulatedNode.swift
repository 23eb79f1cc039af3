import Cryptography
import Encoding
import TransparencyLog

/// One running copy of a country's node: what its disk holds, and what it forgets in a crash.
struct SimulatedNode {
    struct Publication {
        let head: TreeHead
        var isGranted: Bool
        var answers: [ReadQuorum.Answer] = []
        let deadline: Int
    }

    struct Inquiry {
        var answers: [ReadQuorum.Answer] = []
        let deadline: Int
    }

    let country: Int
    var disk: SimulatedDisk
    var isUp = true
    /// The number of starts of its machine.
    var boot = 0
    var publication: Publication?
    var start: Inquiry?
    var hasRecovered = false
    var doubts: [Doubt: Inquiry] = [:]
    /// What each witness is believed to know of the own log.
    var guesses: [Int: UInt64] = [:]
    /// The largest size that this copy signed since it began: never decreases.
    var signedSize: UInt64 = 0

    struct Doubt: Hashable {
        let log: Int
        let role: SimulatedDatabase.SigningRole
    }

    init(country: Int, disk: SimulatedDisk) {
        self.country = country
        self.disk = disk
    }

    var session: String { "\(boot):\(disk.identity)" }

    func judge(_ role: LifeMark.Role, among countries: [SimulatedCountry]) -> LifeMark.Judgement {
        let database = disk.database
        return LifeMark.judge(
            role, database: database.marks[role], file: disk.file[role],
            signed: database.logs[country]?.head?.head,
            remembered: { origin in
                guard let log = countries.firstIndex(where: { $0.origin == origin }) else {
                    return nil
                }
                return database.memories[role == .witness ? .witness : .buddy]?.heads[log]
            },
            stored: { database.root(country, Int($0)) })
    }

    /// Why this copy signs nothing now.
    func sealReasons(among countries: [SimulatedCountry]) -> [SealReason] {
        var reasons: [SealReason] = []
        for role in LifeMark.Role.allCases {
            if case .broken(let reason) = judge(role, among: countries) { reasons.append(reason) }
        }
        guard reasons.isEmpty else { return reasons }
        return disk.database.session == session ? [] : [.notAsked]
    }

    /// Everything that a crash takes.
    mutating func forget() {
        publication = nil
        start = nil
        hasRecovered = false
        doubts = [:]
        guesses = [:]
    }
}

/// A country: its keys, its buddy, whom it needs.
struct SimulatedCountry {
    let origin: String
    let log: NoteSigner
    let witness: NoteSigner
    let buddy: Int?
    let policy: WitnessPolicy
    let isHonest: Bool
}
