public import Encoding
public import TransparencyLog

/// What happened to a body, an authority, a key, a site or a stretch of awards or statements;
/// never to one credential.
///
/// `Protocol/entry.md § Kinds`.
public struct StatusEvent: Hashable, Sendable {
    public enum Kind: String, Sendable {
        /// The key's signatures count only before a position of the log.
        case compromise
        /// The selected awards are void from the start.
        case void
        /// The selected awards are suspended until reinstated.
        case suspend
        case reinstate
    }

    /// What the event selects: the awards of a body, of a site, between two days, in a
    /// stretch of batch positions; or a key.
    public struct Selector: Hashable, Sendable {
        public let subject: String
        public let key: String?
        public let site: String?
        public let from: CalendarDate?
        public let until: CalendarDate?
    }

    public let kind: Kind
    public let target: Selector
    /// `compromise`: the first index whose signatures by the key are void.
    public let sinceIndex: UInt64?
    public let reason: String
    /// `compromise`: the key.
    public let targetKey: NoteKey?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        guard let kind = Kind(rawValue: try reader.string("event")) else {
            throw .wrongForm(
                path: reader.child("event"), expected: "compromise, void, suspend or reinstate")
        }
        self.kind = kind
        var target = try reader.reader("target")
        targetKey = kind == .compromise ? try target.noteKey("key") : nil
        self.target = Selector(
            subject: try target.string("subject"), key: try target.optionalString("key"),
            site: try target.optionalString("site"), from: try target.optionalDate("from"),
            until: try target.optionalDate("until"))
        try target.finish()
        if kind == .compromise {
            sinceIndex = UInt64(try reader.integer("sinceIndex"))
        } else {
            sinceIndex = nil
        }
        reason = try reader.string("reason")
    }

    /// Whether an award by that body, at that site, on that day is selected; nil: it is if it
    /// was made at the site of the event, and its site is not known.
    public func selects(body: String, site: String?, awarded day: CalendarDate) -> Bool? {
        let isSelected =
            target.subject == body && target.key == nil
            && (target.site == nil || site == nil || target.site == site)
            && (target.from.map { $0 <= day } ?? true) && (target.until.map { day <= $0 } ?? true)
        return isSelected && target.site != nil && site == nil ? nil : isSelected
    }
}
