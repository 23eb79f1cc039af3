public import Cryptography
internal import Encoding
public import TransparencyLog

/// A key and what it is for, named by the root of the log.
///
/// `Protocol/entry.md § Kinds`.
public struct KeyStatement: Hashable, Sendable {
    public enum Role: String, Sendable {
        /// Signs root acts; the next root is committed to by its hash beforehand.
        case root
        /// Signs checkpoints from a tree size on.
        case log
        /// Signs extracts for those who take this log as their anchor.
        case extract
        /// Signs the acts of an authority.
        case authority
        /// Grants one root for each size of the log, before it is signed: a witness key.
        case buddy
    }

    public let role: Role
    public let holder: String
    public let key: NoteKey
    /// `log`: the tree size from which the key signs.
    public let fromSize: UInt64
    /// `root`: SHA-256 of the next root key's text.
    public let nextRoot: HashValue?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        guard let role = Role(rawValue: try reader.string("role")) else {
            throw .wrongForm(
                path: reader.child("role"), expected: "root, log, extract, authority or buddy")
        }
        self.role = role
        holder = try reader.string("holder")
        key = try reader.noteKey("key", role == .buddy ? .cosignature : .ed25519)
        fromSize = UInt64(try reader.optionalInteger("fromSize") ?? 0)
        if role == .root {
            nextRoot = try reader.hash("nextRoot")
        } else {
            nextRoot = nil
        }
    }
}

extension MemberReader {
    mutating func noteKey(
        _ name: String, _ algorithm: NoteKey.Algorithm = .ed25519
    ) throws(ParsingError) -> NoteKey {
        let text = try string(name)
        let key: NoteKey
        do throws(LogError) { key = try NoteKey(parsing: text) } catch {
            throw .wrongForm(path: child(name), expected: "a key as name+id+base64")
        }
        guard key.algorithm == algorithm else {
            throw .wrongForm(path: child(name), expected: "a key of the type \(algorithm)")
        }
        return key
    }

    mutating func hash(_ name: String) throws(ParsingError) -> HashValue {
        guard let hash = HashValue(hexadecimal: try string(name)) else {
            throw .wrongForm(path: child(name), expected: "64 lowercase hexadecimal digits")
        }
        return hash
    }
}
