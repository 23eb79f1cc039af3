/// What is wrong with a pack, and where in the file.
public enum PackFault: Error, Hashable, Sendable {
    case cannotOpen(reason: String)
    case notAPack
    /// No line of the form that was expected; the next part that is one follows at `next`.
    case line(offset: UInt64, next: UInt64?)
    case damaged(part: String, offset: UInt64)
    case cut(part: String, offset: UInt64, expected: Int)
    case tooLarge(part: String, offset: UInt64, limit: Int, found: Int)
    case noEnd(offset: UInt64)
    case wrongCount(expected: Int, found: Int)
    case tooManyParts(limit: Int)
    case tooManyFaults(limit: Int)
    /// The stretch begins above what is here.
    case gap(origin: String, start: UInt64, size: UInt64)
    case ownLogAhead(origin: String, size: UInt64, own: UInt64)
}

extension PackFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotOpen(let reason):
            "cannot be read: \(reason)"
        case .notAPack:
            "expected a pack, which begins with the line concord-pack/v1, found something else"
        case .line(let offset, let next):
            "expected the line of a part at byte \(offset), found something else; "
                + (next.map { "left out up to the next part at byte \($0)" }
                    ?? "nothing after it can be read")
        case .damaged(let part, let offset):
            "the part \(part) at byte \(offset) does not have its SHA-256: it was damaged on the "
                + "way and is left out; import another copy of the pack as well"
        case .cut(let part, let offset, let expected):
            "the part \(part) at byte \(offset) ends before its \(expected) bytes; it is left out"
        case .tooLarge(let part, let offset, let limit, let found):
            "expected at most \(limit) bytes for the part \(part) at byte \(offset), found "
                + "\(found); it is left out"
        case .noEnd(let offset):
            "expected a last line that begins with end, found none up to byte \(offset): the "
                + "pack was cut off; what is there was read"
        case .wrongCount(let expected, let found):
            "expected \(expected) parts, as the last line says, found \(found)"
        case .tooManyParts(let limit):
            "expected at most \(limit) parts, found more; nothing after them was read"
        case .tooManyFaults(let limit):
            "expected fewer than \(limit) damaged places, found more; nothing after them was read"
        case .gap(let origin, let start, let size):
            "its part of \(origin) begins at entry \(start), and only \(size) are here; import an "
                + "earlier pack first, or have one made with --since \(size)"
        case .ownLogAhead(let origin, let size, let own):
            "it holds \(size) entries of this node's own log \(origin), signed with its key, and "
                + "only \(own) are here: this node was restored from a backup, or its key is in use "
                + "elsewhere"
        }
    }
}
