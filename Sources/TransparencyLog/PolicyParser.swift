internal import Cryptography

/// Reads a policy line by line (C2SP tlog-policy § Policy file syntax and structure).
struct PolicyParser {
    private(set) var logs: [(key: NoteKey, url: String?)] = []
    private(set) var witnesses: [(name: String, key: NoteKey, url: String?)] = []
    private(set) var rules: [PolicyRule] = []
    private(set) var quorum: Int?

    private var hasQuorum = false
    private var names: [[UInt8]: Int] = [:]
    private var members: Set<Int> = []
    private var logKeys: Set<VerificationKey> = []
    private var witnessKeys: Set<VerificationKey> = []

    private static let none = Array("none".utf8)
    private static let byteLimit = 1 << 20
    private static let definitionLimit = 1_024

    init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= PolicyParser.byteLimit else {
            throw .tooLarge(.policy, limit: PolicyParser.byteLimit, found: bytes.count)
        }
        if let offset = bytes.firstIndex(where: { !PolicyParser.isAllowed($0) }) {
            throw .controlCharacter(.policy, at: offset)
        }
        var number = 1
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            let items = rest[..<end].split { $0 == 0x20 || $0 == 0x09 }.map(Array.init)
            do throws(PolicyFault) {
                try read(items)
            } catch {
                throw .policy(error, line: number)
            }
            rest = rest[(end + 1)...]
            number += 1
        }
        guard rest.isEmpty else { throw .policy(.unterminatedLine, line: number) }
        guard hasQuorum else { throw .policy(.missingQuorum, line: number) }
    }

    /// SPEC: tab, newline, 0x20 to 0x7E and 0x80 to 0xFF.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte == 0x09 || byte == 0x0A || (byte >= 0x20 && byte != 0x7F)
    }

    /// Whether a text can stand as one item of a line.
    static func isItem(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }

    private mutating func read(_ items: [[UInt8]]) throws(PolicyFault) {
        guard let keyword = items.first, keyword.first != UInt8(ascii: "#") else { return }
        guard logs.count + rules.count < PolicyParser.definitionLimit else {
            throw .tooManyDefinitions(limit: PolicyParser.definitionLimit)
        }
        switch String(decoding: keyword, as: UTF8.self) {
        case "log": try readLog(items)
        case "witness": try readWitness(items)
        case "group": try readGroup(items)
        case "quorum": try readQuorum(items)
        default: throw .unknownKeyword
        }
    }

    private mutating func readLog(_ items: [[UInt8]]) throws(PolicyFault) {
        guard (2...3).contains(items.count) else {
            throw .wrongItems(expected: "log, verifier key, at most one address")
        }
        let key = try PolicyParser.key(items[1], for: .ed25519)
        guard logKeys.insert(key.key).inserted else { throw .duplicateKey }
        logs.append((key, PolicyParser.text(items.dropFirst(2).first)))
    }

    private mutating func readWitness(_ items: [[UInt8]]) throws(PolicyFault) {
        guard (3...4).contains(items.count) else {
            throw .wrongItems(expected: "witness, name, verifier key, at most one address")
        }
        let key = try PolicyParser.key(items[2], for: .cosignature)
        guard witnessKeys.insert(key.key).inserted else { throw .duplicateKey }
        try define(items[1], as: .witness(witnesses.count))
        let name = String(decoding: items[1], as: UTF8.self)
        witnesses.append((name, key, PolicyParser.text(items.dropFirst(3).first)))
    }

    private mutating func readGroup(_ items: [[UInt8]]) throws(PolicyFault) {
        guard items.count >= 4 else {
            throw .wrongItems(expected: "group, name, all, any or a number, and members")
        }
        var indexes: [Int] = []
        for name in items.dropFirst(3) {
            guard name != PolicyParser.none else { throw .reservedName }
            guard let index = names[name] else { throw .undefinedName }
            guard members.insert(index).inserted else { throw .memberTwice }
            indexes.append(index)
        }
        let threshold: UInt64? =
            switch String(decoding: items[2], as: UTF8.self) {
            case "all": UInt64(indexes.count)
            case "any": 1
            default: LineReader.decimal(items[2])
            }
        guard let threshold, threshold >= 1, threshold <= UInt64(indexes.count) else {
            throw .threshold(members: indexes.count)
        }
        try define(items[1], as: .group(threshold: Int(threshold), members: indexes))
    }

    private mutating func readQuorum(_ items: [[UInt8]]) throws(PolicyFault) {
        guard items.count == 2 else { throw .wrongItems(expected: "quorum and a name") }
        guard !hasQuorum else { throw .secondQuorum }
        hasQuorum = true
        guard items[1] != PolicyParser.none else { return }
        guard let index = names[items[1]] else { throw .undefinedName }
        quorum = index
    }

    private mutating func define(_ name: [UInt8], as rule: PolicyRule) throws(PolicyFault) {
        guard name != PolicyParser.none else { throw .reservedName }
        guard names.updateValue(rules.count, forKey: name) == nil else { throw .duplicateName }
        rules.append(rule)
    }

    /// The witnesses that are members of the group of that name.
    func witnesses(inGroup name: String) -> Set<String> {
        guard let index = names[Array(name.utf8)],
            case .group(_, let members) = rules[index]
        else { return [] }
        return members.reduce(into: []) { found, member in
            if case .witness(let place) = rules[member] { found.insert(witnesses[place].name) }
        }
    }

    private static func key(
        _ item: [UInt8], for algorithm: NoteKey.Algorithm
    ) throws(PolicyFault) -> NoteKey {
        guard let text = String(validating: item, as: UTF8.self),
            let key = try? NoteKey(parsing: text), key.algorithm == algorithm
        else { throw .badKey }
        return key
    }

    private static func text(_ item: [UInt8]?) -> String? {
        item.map { String(decoding: $0, as: UTF8.self) }
    }
}
