import Cryptography
public import Encoding
public import Registry
public import Storage
public import TransparencyLog

/// Folds what stands about some subjects, and signs it, for those whose root named this node.
///
/// `Protocol/extract.md`. It writes nothing, and it says nothing about any person.
public struct ExtractDesk: Sendable {
    /// What somebody asks to be folded: the logs by country, each at a checkpoint.
    public struct Order: Hashable, Sendable {
        public let anchor: String
        public let subjects: [String]
        public let checkpoints: [String: SignedNote]

        public init(anchor: String, subjects: [String], checkpoints: [String: SignedNote]) {
            self.anchor = anchor
            self.subjects = subjects
            self.checkpoints = checkpoints
        }
    }

    private let database: LogDatabase
    private let ownCard: NodeCard
    private let peerCards: [NodeCard]

    public init(database: LogDatabase, ownCard: NodeCard, peerCards: [NodeCard]) {
        self.database = database
        self.ownCard = ownCard
        self.peerCards = peerCards
    }

    /// The extract that the order asks for, from this node's own copies.
    ///
    /// Every checkpoint is opened under the policies that the anchor's own log states, and
    /// must lie within the copy here.
    public func extract(_ order: Order, at now: Timestamp) throws -> Extract {
        let cards = peerCards + [ownCard]
        guard let anchorCard = cards.first(where: { $0.country == order.anchor }) else {
            throw RegistrarError.noCopy(country: order.anchor)
        }
        return try database.reading { snapshot in
            let desk = Reading(snapshot: snapshot, order: order, now: now)
            let own = try desk.log(anchorCard.country, anchorCard.pin, policy: nil)
            var logs = [own]
            let peers = own.state.peers
            for country in order.checkpoints.keys.sorted() where country != order.anchor {
                guard let peer = peers[country] else {
                    throw RegistrarError.noCopy(country: country)
                }
                logs.append(try desk.log(country, peer.pin, policy: peer.policy))
            }
            var splitViews: [String] = []
            for log in logs {
                // What is cosigned stays good while a key was only misused.
                guard case .frozen = try snapshot.log(log.head.origin)?.standing else { continue }
                for id in try snapshot.splitViews(log.head.origin) {
                    splitViews.append("\(log.head.origin) \(id.hexadecimal)")
                }
            }
            return Extract(
                folding: logs, about: Set(order.subjects), splitViews: splitViews)
        }
    }

    private struct Reading {
        let snapshot: LogSnapshot
        let order: Order
        let now: Timestamp

        func log(
            _ country: String, _ pin: LogPin, policy: WitnessPolicy?
        ) throws -> (head: Extract.Head, state: LogState) {
            guard let note = order.checkpoints[country] else {
                throw RegistrarError.noCopy(country: country)
            }
            let tree = try TreeHead(parsing: note.text)
            // The generation that the checkpoint is of, if it was pinned or adopted here.
            let generations = [pin] + (try snapshot.generations(after: pin))
            guard let pin = generations.first(where: { $0.origin == tree.origin }),
                let record = try snapshot.log(pin.origin),
                tree.size <= record.size,
                try snapshot.root(pin.origin, size: tree.size) == tree.root
            else { throw RegistrarError.noCopy(country: country) }
            let state = try LogReader(snapshot: snapshot, now: now).state(
                pin, about: Set(order.subjects), below: tree.size, witnessedSize: tree.size)
            guard let key = state.logKey(forSize: tree.size) else {
                throw RegistrarError.noCopy(country: country)
            }
            let checkpoint = try Checkpoint(opening: note, signedBy: key)
            let policy = try policy ?? state.ownPolicy ?? WitnessPolicy.requiring(0, of: [])
            guard let witnessed = policy.open(checkpoint) else {
                throw RegistrarError.notWitnessed(origin: pin.origin)
            }
            return (
                Extract.Head(
                    origin: tree.origin, size: tree.size, root: tree.root,
                    quorumTime: witnessed.quorumTime),
                state
            )
        }
    }
}

extension ExtractDesk.Order {
    public static let type = "extract-request"

    public init(parsing bytes: [UInt8]) throws {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: 1 << 20, depth: 4)), at: "")
        let type = try reader.string("type")
        guard type == Self.type else {
            throw ParsingError.wrongForm(path: "type", expected: Self.type)
        }
        anchor = try reader.string("anchor")
        subjects = try reader.strings("subjects")
        guard subjects.count <= 256 else {
            throw ParsingError.wrongForm(path: "subjects", expected: "at most 256 subjects")
        }
        let value = try reader.value("checkpoints")
        guard case .object(let object) = value, object.members.count <= 256 else {
            throw ParsingError.wrongForm(
                path: "checkpoints", expected: "an object of at most 256 notes by country")
        }
        var checkpoints: [String: SignedNote] = [:]
        for member in object.members {
            guard case .string(let text) = member.value else {
                throw ParsingError.wrongForm(path: "checkpoints", expected: "notes by country")
            }
            checkpoints[member.name] = try SignedNote(parsing: Array(text.utf8))
        }
        self.checkpoints = checkpoints
        try reader.finish()
    }

    public var serialized: [UInt8] {
        let object: JSONObject = [
            "type": .string(Self.type), "anchor": .string(anchor),
            "subjects": .array(subjects.map(JSONValue.string)),
            "checkpoints": .object(
                JSONObject(
                    checkpoints.sorted { $0.key < $1.key }.map { country, note in
                        JSONObject.Member(
                            country, .string(String(decoding: note.serialized, as: UTF8.self)))
                    })),
        ]
        return JSONValue.object(object).serialized
    }
}
