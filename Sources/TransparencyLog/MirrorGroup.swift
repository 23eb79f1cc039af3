internal import Cryptography

/// The two groups of a policy: plain witnesses, and mirrors, which hold the data they sign.
///
/// `Protocol/witness.md § Mirrors`. A mirror says all that a witness says, and cannot be asked
/// what it saw; so the read quorum is one of plain witnesses alone.
extension WitnessPolicy {
    /// The name of the group whose members are mirrors.
    public static let mirrorGroup = "mirrors"

    /// Whether that witness is in the group of mirrors.
    public func isMirror(_ key: NoteKey) -> Bool {
        witnesses.contains { $0.key == key && mirrorNames.contains($0.name) }
    }

    /// The witnesses that hold no data.
    public var plainWitnesses: [(name: String, key: NoteKey, url: String?)] {
        witnesses.filter { !mirrorNames.contains($0.name) }
    }

    /// The number of plain witnesses in the smallest set that satisfies the policy.
    public var leastPlainQuorum: Int {
        leastCost(witnesses.map { mirrorNames.contains($0.name) ? 0 : 1 })
    }

    /// The policy that asks for so many of the witnesses, and for so many of the mirrors.
    ///
    /// - Throws: as `requiring(_:of:)`.
    public static func requiring(
        _ quorum: Int, of plain: [(name: String, key: NoteKey, url: String?)],
        and mirrorQuorum: Int, ofMirrors mirrors: [(name: String, key: NoteKey, url: String?)]
    ) throws(LogError) -> WitnessPolicy {
        guard !mirrors.isEmpty, !plain.isEmpty else {
            return try requiring(quorum, of: plain)
        }
        var text = ""
        for (index, witness) in (plain + mirrors).enumerated() {
            guard [witness.name, witness.url ?? "-"].allSatisfy(PolicyParser.isItem) else {
                let expected = "names and addresses without white space"
                throw .policy(.wrongItems(expected: expected), line: index + 1)
            }
            text += "witness \(witness.name) \(witness.key)"
            if let url = witness.url { text += " \(url)" }
            text += "\n"
        }
        text += "group witnesses \(quorum) \(plain.map(\.name).joined(separator: " "))\n"
        text += "group \(mirrorGroup) \(mirrorQuorum) "
        text += "\(mirrors.map(\.name).joined(separator: " "))\n"
        text += "group quorum all witnesses \(mirrorGroup)\nquorum quorum\n"
        return try WitnessPolicy(parsing: text)
    }
}
