public import Cryptography
public import Encoding
import Foundation
internal import Registry
import Storage
internal import TransparencyLog

/// How key files are written: sealed under a passphrase or not.
public typealias KeySealing = (SigningKey, _ role: String, _ name: String) throws -> KeyFile

/// A country's own log, going on as its next generation.
///
/// `Protocol/log.md § Successors`. Signed by the root in force and by the one that it had
/// committed to, which takes over.
public struct NodeSuccession {
    private let node: NodeDirectory
    private let passphrase: [UInt8]?
    private let nextRoot: SigningKey

    /// - Parameter nextRoot: the key whose hash the root had committed to.
    public init(of node: NodeDirectory, passphrase: [UInt8]?, nextRoot: SigningKey) {
        self.node = node
        self.passphrase = passphrase
        self.nextRoot = nextRoot
    }

    /// Makes the successor from the good prefix, and signs its first checkpoint.
    ///
    /// - Parameters:
    ///   - size: the last good size; nil for what the log's standing says.
    ///   - isDead: whether a log without a proven fork is given up.
    public func run(
        keeping size: UInt64?, isDead: Bool, at now: Timestamp, seal: KeySealing
    ) async throws -> Office {
        let office = try Office(opening: node, passphrase: passphrase)
        let files = KeyReplacement(node: node)
        if files.isBegun {
            let waiting = try files.card().pin.origin
            let own = try office.database.reading { try $0.logs().first(where: \.isOwn)?.origin }
            // Crash point: the log has moved on, and the files have not.
            if own == waiting {
                try files.finish()
            } else {
                try files.cancel()
            }
        }
        let opened = try Office(opening: node, passphrase: passphrase)
        if let act = try opened.unfinishedSuccession() {
            return try await publish(act, in: opened, at: now)
        }
        return try await begin(opened, size, isDead, now, seal)
    }

    private func begin(
        _ office: Office, _ size: UInt64?, _ isDead: Bool, _ now: Timestamp, _ seal: KeySealing
    ) async throws -> Office {
        let old = office.card
        let head = try office.lastGoodHead(size, isDead: isDead)
        guard let origin = LogOrigin(parsing: old.pin.origin)?.next else {
            throw RegistrarError.noCopy(country: old.pin.origin)
        }
        try office.checkRoots(nextRoot, at: head.size, passphrase, now)
        var generator = SystemRandomNumberGenerator()
        let log = SigningKey.generated(using: &generator)
        let afterNext = SigningKey.generated(using: &generator)
        let name = old.country.lowercased()
        let logKey = try NoteKey(name: origin, algorithm: .ed25519, key: log.verificationKey)
        let card = NodeCard(
            country: old.country, pin: old.pin.succeeded(by: origin, at: head.size), log: logKey,
            witness: old.witness, extract: old.extract, isSample: old.isSample,
            mirror: old.mirror)
        let files = KeyReplacement(node: node)
        try files.begin(
            [
                .log: seal(log, "log", name), .root: seal(nextRoot, "root", name),
                .nextRoot: seal(afterNext, "next-root", name),
            ], card: card)
        let cause: Successor.Cause =
            try office.ownStanding() == .sound ? .dead : .splitView
        let act = try office.successorAct(
            head, cause: cause, card: card, root: nextRoot, afterNext: afterNext, passphrase)
        // Order: the act is here before the log that it begins, so that a crash loses neither.
        try office.keepSuccession(act)
        try office.database.succeed(
            SuccessionRecord(
                predecessor: old.pin.origin, origin: origin, size: head.size,
                firstLogKey: logKey),
            incarnation: HashValue(of: [UInt8].random(count: 32, using: &generator)))
        try files.finish()
        return try await publish(
            act, in: try Office(opening: node, passphrase: passphrase), at: now)
    }

    private func publish(
        _ act: RegistryEntry, in office: Office, at now: Timestamp
    ) async throws -> Office {
        try await office.publish([act], at: now)
        try office.forgetSuccession()
        return office
    }
}

extension Office {
    func ownStanding() throws -> LogStanding {
        try database.reading { try $0.log(card.pin.origin)?.standing ?? .sound }
    }

    /// The head of the own log at its last good size.
    fileprivate func lastGoodHead(_ size: UInt64?, isDead: Bool) throws -> TreeHead {
        let origin = card.pin.origin
        let (log, witnessed) = try database.reading { snapshot in
            (try snapshot.log(origin), try snapshot.witnessedHead(origin)?.head.size)
        }
        guard let log, log.isOwn else { throw RegistrarError.noCopy(country: origin) }
        let found: UInt64
        switch log.standing {
        case .sound:
            guard isDead else { throw RegistrarError.logIsSound(origin: origin) }
            found = size ?? max(witnessed ?? 0, log.size)
        case .keyMisused(let good): found = size ?? good
        case .frozen(let common): found = size ?? common
        }
        guard found > 0, found <= log.size else {
            throw RegistrarError.noGoodSize(origin: origin, size: log.size)
        }
        return try TreeHead(
            origin: origin, size: found,
            root: database.reading { try $0.root(origin, size: found) })
    }

    /// Both keys are those that the log itself names, or nobody would believe the act.
    func checkRoots(
        _ next: SigningKey, at size: UInt64, _ passphrase: [UInt8]?, _ now: Timestamp
    ) throws {
        let state = try database.reading { snapshot in
            try LogReader(snapshot: snapshot, now: now).state(
                card.pin, about: [], below: size, witnessedSize: size)
        }
        let root = try node.signer(.root, passphrase: passphrase).verifier
        guard let inForce = state.rootKey(at: size)?.key, inForce == root else {
            throw RegistrarError.wrongKey(
                role: "root", expected: state.rootKey(at: size)?.key.description ?? "none",
                found: root.description)
        }
        let vkey = try NoteKey(name: root.name, algorithm: .ed25519, key: next.verificationKey)
        guard HashValue(of: vkey.description.utf8) == state.committedNextRoot else {
            throw RegistrarError.wrongKey(
                role: "next-root",
                expected: "a key with the SHA-256 \(state.committedNextRoot.hexadecimal)",
                found: vkey.description)
        }
    }

    fileprivate func successorAct(
        _ head: TreeHead, cause: Successor.Cause, card: NodeCard, root: SigningKey,
        afterNext: SigningKey, _ passphrase: [UInt8]?
    ) throws -> RegistryEntry {
        let old = try node.signer(.root, passphrase: passphrase)
        let new = try NoteSigner(name: old.verifier.name, key: root, algorithm: .ed25519)
        let next = try NoteKey(
            name: old.verifier.name, algorithm: .ed25519, key: afterNext.verificationKey)
        var generator = SystemRandomNumberGenerator()
        return try ActDraft(
            kind: "successor", author: old.verifier.name, subjects: [card.pin.origin],
            act: Successor.members(
                of: head, cause: cause, log: card.log, root: new.verifier,
                nextRoot: HashValue(of: next.description.utf8))
        ).entry(for: card.pin.origin, signedBy: [old, new], using: &generator)
    }

    private var successionFile: URL { node.url.appending(path: "successor.note") }

    fileprivate func keepSuccession(_ act: RegistryEntry) throws {
        try node.write(act.serialized, to: successionFile, mode: 0o600)
    }

    fileprivate func forgetSuccession() throws {
        try? FileManager.default.removeItem(at: successionFile)
    }

    /// The successor act that a crash kept from being published.
    fileprivate func unfinishedSuccession() throws -> RegistryEntry? {
        guard let data = try? Data(contentsOf: successionFile) else { return nil }
        let entry = try RegistryEntry(parsing: Array(data))
        guard entry.envelope.origin == card.pin.origin else { return nil }
        let isPublished = try database.reading { snapshot in
            try snapshot.entry(card.pin.origin, identity: entry.identity) != nil
        }
        return isPublished ? nil : entry
    }
}
