public import Cryptography
public import Encoding

/// What stands in some logs about some subjects: a deterministic fold, to be signed by extract
/// keys that an anchor's root named.
///
/// `Protocol/extract.md`. The same subjects and sizes give the same bytes. It is complete for
/// its subjects: what it does not list does not stand.
public struct Extract: Hashable, Sendable {
    public static let type = "extract"

    /// One log at the size up to which the extract looked.
    public struct Head: Hashable, Sendable {
        public let origin: String
        public let size: UInt64
        public let root: HashValue
        /// The quorum time of the checkpoint; nil where the policy asks for no witness.
        public let quorumTime: Timestamp?

        public init(origin: String, size: UInt64, root: HashValue, quorumTime: Timestamp?) {
            self.origin = origin
            self.size = size
            self.root = root
            self.quorumTime = quorumTime
        }
    }

    /// Number and hash of the newest published list of an id.
    public struct ListHead: Hashable, Sendable {
        public let body: String
        public let list: String
        public let number: UInt64
        public let hash: HashValue
    }

    public let subjects: [String]
    public let heads: [Head]
    /// The newest list of each id: what a status list beside the extract must equal.
    public let lists: [ListHead]
    /// The split views that the signer knows of these logs, as `<origin> <id>`.
    public let splitViews: [String]
    /// The text to sign: one strict JSON object and a newline.
    public let text: String

    /// Folds the states of the logs; each must hold its governance and every act about the
    /// subjects, and nothing beyond the size of its head.
    public init(
        folding logs: [(head: Head, state: LogState)], about subjects: Set<String>,
        splitViews: [String] = []
    ) {
        let logs = logs.sorted {
            $0.head.origin.utf8.lexicographicallyPrecedes($1.head.origin.utf8)
        }
        self.subjects = subjects.sorted()
        heads = logs.map(\.head)
        self.splitViews = splitViews.sorted()
        lists = logs.flatMap { Extract.newestLists($0.state, subjects) }
        let object: JSONObject = [
            "type": .string(Extract.type),
            "subjects": .array(self.subjects.map(JSONValue.string)),
            "logs": .array(
                logs.map { log in
                    var head = Extract.member(log.head)
                    head["acts"] = .array(Extract.acts(log.state, subjects))
                    head["lists"] = .array(
                        Extract.newestLists(log.state, subjects).map(Extract.member))
                    return .object(head)
                }),
            "splitViews": .array(self.splitViews.map(JSONValue.string)),
        ]
        text = String(decoding: JSONValue.object(object).serialized, as: UTF8.self) + "\n"
    }

    /// Reads subjects and heads of an extract's text; the acts in it are compared with a fold
    /// of one's own, never read.
    public init(parsing text: String) throws(RegistryError) {
        do throws(ParsingError) {
            var reader = try MemberReader(
                JSONValue(parsing: text, limits: JSONLimits(size: 1 << 20, depth: 12)), at: "")
            let type = try reader.string("type")
            guard type == Extract.type else {
                throw .wrongForm(path: "type", expected: Extract.type)
            }
            subjects = try reader.strings("subjects")
            splitViews = try reader.strings("splitViews")
            var heads: [Head] = []
            var lists: [ListHead] = []
            for var log in try reader.readers("logs") {
                let time = try log.optionalInteger("time")
                heads.append(
                    Head(
                        origin: try log.string("origin"), size: UInt64(try log.integer("size")),
                        root: try log.hash("root"),
                        quorumTime: time.map(Timestamp.init(seconds:))))
                for var list in try log.readers("lists") {
                    lists.append(
                        ListHead(
                            body: try list.string("body"), list: try list.string("list"),
                            number: UInt64(try list.integer("number")),
                            hash: try list.hash("hash")))
                }
            }
            self.heads = heads
            self.lists = lists
        } catch { throw .json(error) }
        self.text = text
    }

    /// The oldest quorum time in it: its age counts from there; nil if some log has none.
    public var oldestQuorumTime: Timestamp? {
        heads.contains { $0.quorumTime == nil } ? nil : heads.compactMap(\.quorumTime).min()
    }

    private static func member(_ head: Head) -> JSONObject {
        var object: JSONObject = [
            "origin": .string(head.origin), "size": .integer(Int64(head.size)),
            "root": .string(head.root.hexadecimal),
        ]
        object["time"] = head.quorumTime.map { .integer($0.seconds) }
        return object
    }

    /// The acts that have or had effect, and those that nobody here understands.
    private static func acts(_ state: LogState, _ subjects: Set<String>) -> [JSONValue] {
        let scope = subjects.union(state.governanceSubjects)
        func concerns(_ entry: RegistryEntry) -> Bool {
            Act.governanceKinds.contains(entry.envelope.kind)
                || !scope.isDisjoint(with: entry.envelope.subjects)
        }
        var lines: [(index: UInt64, line: JSONObject)] = []
        for standing in state.acts where concerns(standing.logged.entry) {
            switch standing.act {
            case .batch, .statusList: continue
            default: lines.append((standing.logged.index, member(standing)))
            }
        }
        for logged in state.blocking where concerns(logged.entry) {
            var line = member(logged)
            line["unknown"] = true
            lines.append((logged.index, line))
        }
        return lines.sorted { $0.index < $1.index }.map { .object($0.line) }
    }

    private static func member(_ logged: LoggedEntry) -> JSONObject {
        [
            "index": .integer(Int64(logged.index)),
            "kind": .string(logged.entry.envelope.kind),
            "act": .string(logged.entry.identity.hexadecimal),
        ]
    }

    private static func member(_ standing: StandingAct) -> JSONObject {
        var line = member(standing.logged)
        if !standing.isMandated { line["advice"] = true }
        if let end = standing.end {
            line["ended"] = .integer(Int64(end.index))
            line["from"] = end.stated.map { .string($0.description) }
            if end.isAnnulment { line["annulled"] = true }
        }
        return line
    }

    private static func member(_ list: ListHead) -> JSONValue {
        [
            "body": .string(list.body), "list": .string(list.list),
            "number": .integer(Int64(list.number)),
            "hash": .string(list.hash.hexadecimal),
        ]
    }

    /// The newest list of each id that a body among the subjects published.
    private static func newestLists(_ state: LogState, _ subjects: Set<String>) -> [ListHead] {
        var newest: [[String]: ListHead] = [:]
        for standing in state.acts {
            guard case .statusList(let list) = standing.act, subjects.contains(list.body),
                list.number > newest[[list.body, list.list]]?.number ?? 0
            else { continue }
            newest[[list.body, list.list]] = ListHead(
                body: list.body, list: list.list, number: list.number, hash: list.hash)
        }
        return newest.values.sorted {
            ($0.body, $0.list) < ($1.body, $1.list)
        }
    }

    /// Whether the two say the same but for the status lists, so that an old list is the only
    /// difference.
    public func agreesApartFromLists(with other: Extract) -> Bool {
        func withoutLists(_ text: String) -> JSONValue? {
            guard case .object(var object) = try? JSONValue(parsing: text),
                let logs = object["logs"]?.array
            else { return nil }
            object["logs"] = .array(
                logs.map { log in
                    guard case .object(var members) = log else { return log }
                    members["lists"] = nil
                    return .object(members)
                })
            return .object(object)
        }
        let own = withoutLists(text)
        return own != nil && own == withoutLists(other.text)
    }
}
