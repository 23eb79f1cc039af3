public import Cryptography
public import Encoding
internal import Language

/// What is known here about one log: how long, how old, who has signed its newest checkpoint,
/// and whether it has shown two histories.
public struct LogHealth: Hashable, Sendable {
    public enum Standing: Hashable, Sendable {
        case sound
        case misused(goodSize: UInt64)
        case frozen(commonSize: UInt64)
    }

    public let country: String?
    public let origin: String
    public let originHash: HashValue
    public let isOwn: Bool
    public let size: UInt64
    public let standing: Standing
    /// When a quorum had seen the newest checkpoint that it has seen.
    public let quorumTime: Timestamp?
    /// Names of the keys whose lines stand under the newest checkpoint.
    public let signers: [String]
    /// Identities of the proofs that it has shown two histories.
    public let forks: [HashValue]

    public init(
        country: String?, origin: String, originHash: HashValue, isOwn: Bool, size: UInt64,
        standing: Standing, quorumTime: Timestamp?, signers: [String], forks: [HashValue]
    ) {
        self.country = country
        self.origin = origin
        self.originHash = originHash
        self.isOwn = isOwn
        self.size = size
        self.standing = standing
        self.quorumTime = quorumTime
        self.signers = signers
        self.forks = forks
    }

    /// How it stands at a glance.
    enum State: String, CaseIterable {
        case sound, old, ageless, unread, misused, frozen

        /// The colour that says again what the shape says.
        var tone: String {
            switch self {
            case .sound: "good"
            case .old: "mid"
            case .ageless, .unread: "unknown"
            case .misused, .frozen: "bad"
            }
        }
    }

    func state(at now: Timestamp) -> State {
        switch standing {
        case .misused: return .misused
        case .frozen: return .frozen
        case .sound: break
        }
        guard size > 0 else { return .unread }
        guard let quorumTime else { return .ageless }
        return now.seconds(since: quorumTime) > 86_400 ? .old : .sound
    }

    func message(at now: Timestamp) -> Message {
        switch standing {
        case .misused(let size): Message(.networkMisused, ["size": .number(size)])
        case .frozen(let size): Message(.networkFrozen, ["size": .number(size)])
        case .sound:
            switch state(at: now) {
            case .old: Message(.networkOld)
            case .ageless: Message(.networkAgeless)
            case .unread: Message(.networkUnread)
            default: Message(.networkSound)
            }
        }
    }

    func document(at now: Timestamp) -> JSONValue {
        var object: JSONObject = [
            "origin": .string(origin), "log": .string(originHash.hexadecimal),
            "own": .bool(isOwn), "size": .integer(Int64(clamping: size)),
            "state": .string(state(at: now).rawValue),
            "signers": .array(signers.map(JSONValue.string)),
            "splitViews": .array(forks.map { .string($0.hexadecimal) }),
        ]
        object["country"] = country.map(JSONValue.string)
        switch standing {
        case .sound: break
        case .misused(let size), .frozen(let size):
            object["believedSize"] = .integer(Int64(clamping: size))
        }
        object["quorumTime"] = quorumTime.map { .string($0.description) }
        object["age"] = quorumTime.map { .integer(now.seconds(since: $0)) }
        return .object(object)
    }
}
