internal import Encoding
internal import Node

/// A question under the names of ToIP's Trust Registry Query Protocol.
///
/// `Protocol/pages.md § Trust queries`.
///
///     {"entity_id": "ph.sample-centre-cebu", "authority_id": "ph.tesda", "action": "award",
///      "resource": "ph.smaw-nc2", "context": {"time": "2026-11-27T00:00:00Z"}}
struct TrustQuery {
    let entity: String
    let authority: String
    let action: String
    let resource: String
    /// For which moment it is asked, by what is known now.
    let time: Timestamp
    /// As it was sent; what is not read here is ignored.
    let context: JSONObject
    let now: Timestamp

    static let byteLimit = 64 << 10
    private static let members: Set = [
        "entity_id", "authority_id", "action", "resource", "context",
    ]

    init(parsing body: [UInt8]?, at now: Timestamp) throws(SiteProblem) {
        guard let body, body.count <= TrustQuery.byteLimit else { throw .tooLarge }
        guard !body.isEmpty else { throw .empty }
        do {
            let limits = JSONLimits(size: TrustQuery.byteLimit, depth: 8)
            var reader = try MemberReader(JSONValue(parsing: body, limits: limits), at: "")
            try SiteProblem.refuse(membersOf: reader.object, but: TrustQuery.members)
            entity = try TrustQuery.name("entity_id", &reader)
            authority = try TrustQuery.name("authority_id", &reader)
            action = try TrustQuery.name("action", &reader)
            resource = try TrustQuery.name("resource", &reader)
            var context = try reader.optionalReader("context")
            self.context = context?.object ?? JSONObject()
            time =
                try context?.optionalString("time").map { text throws(SiteProblem) in
                    try TrustQuery.time(text, at: now)
                } ?? now
            self.now = now
        } catch let problem as SiteProblem {
            throw problem
        } catch let error as ParsingError {
            throw .malformed(error.description)
        } catch { throw .failed }
    }

    private static func name(
        _ member: String, _ reader: inout MemberReader
    ) throws -> String {
        let text = try reader.string(member)
        guard AskedQuestion.isName(text) else {
            throw SiteProblem.wrong(member, expected: "an id without spaces", found: text)
        }
        return text
    }

    /// What will be allowed then nobody knows: it may be withdrawn until then.
    private static func time(_ text: String, at now: Timestamp) throws(SiteProblem) -> Timestamp {
        guard let time = Timestamp(internet: text) else {
            throw .wrong(
                "context.time", expected: "a time of RFC 3339 such as 2026-11-27T00:00:00Z",
                found: text)
        }
        guard time <= now + 60 else {
            throw .wrong("context.time", expected: "a time that is not to come", found: text)
        }
        return time
    }

    /// A member of the context that some questions read; nil: absent.
    func text(_ member: String) throws(SiteProblem) -> String? {
        guard let value = context[member] else { return nil }
        guard let text = value.string else {
            throw .malformed("expected a string at context.\(member), found \(value.kind)")
        }
        return text
    }

    /// The answer: what was asked, what is known, and when.
    func answer(_ member: String, _ isSo: Bool, message: String) -> JSONValue {
        .object([
            "entity_id": .string(entity), "authority_id": .string(authority),
            "action": .string(action), "resource": .string(resource), member: .bool(isSo),
            "time_requested": .string(time.description),
            "time_evaluated": .string(now.description), "message": .string(message),
            "context": .object(context),
        ])
    }
}

extension Timestamp {
    /// Reads RFC 3339 § 5.6 with any offset; fractions of a second are dropped.
    init?(internet text: String) {
        guard
            let match = text.wholeMatch(
                of: /(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})/
            ), let local = Timestamp(parsing: "\(match.1)T\(match.2)Z")
        else { return nil }
        let offset = match.3
        guard offset.count == 6 else {
            self = local
            return
        }
        guard let hours = Int64(offset.dropFirst().prefix(2)), hours < 24,
            let minutes = Int64(offset.suffix(2)), minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        self = local + (offset.first == "-" ? seconds : -seconds)
    }
}
