public import Cryptography
internal import Encoding

/// A one-way statement of an authority: what a foreign qualification counts as here, for which
/// purposes, and what is missing.
///
/// `Protocol/entry.md § Kinds`, `Protocol/recognition.md § Grounds`.
public struct Equivalence: Hashable, Sendable {
    public let jurisdiction: String
    public let provision: Provision
    /// Statements of one author with one key are about the same thing.
    public let key: String?
    /// The identity of the earlier statement of the same author that it replaces.
    public let supersedes: HashValue?

    init(reading reader: inout MemberReader, isDraft: Bool = false) throws(ParsingError) {
        jurisdiction = try reader.string("jurisdiction")
        provision = try Provision(reading: &reader, isDraft: isDraft)
        key = try reader.optionalString("key")
        supersedes = reader.optionalValue("supersedes") == nil ? nil : try reader.hash("supersedes")
    }

    var subjects: [String] { provision.subjects(in: jurisdiction) }
}
