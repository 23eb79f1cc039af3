public import Cryptography
internal import Encoding
public import TransparencyLog

/// The proof that a log, a witness or a root did what it must not: one file, judged with public
/// keys alone.
///
/// `Protocol/log.md § Proofs of faults`. That it parses proves nothing.
public struct FaultProof: Hashable, Sendable {
    /// An entry with its way to the root of the checkpoint.
    public struct Placed: Hashable, Sendable {
        public let index: UInt64
        public let bytes: [UInt8]
        public let hashes: [HashValue]

        public init(index: UInt64, bytes: [UInt8], hashes: [HashValue]) {
            self.index = index
            self.bytes = bytes
            self.hashes = hashes
        }
    }

    public enum Kind: Hashable, Sendable {
        /// Two histories of one log.
        case fork(SplitView)
        /// A witness that cosigned both of them.
        case cosigner(SplitView, witness: NoteKey)
        /// A signed checkpoint over an entry that names another log as its own.
        case foreignEntry(SignedNote, Placed)
        /// A signed checkpoint over one act at two places.
        case entryTwice(SignedNote, Placed, Placed)
        /// Two acts in which one root names two successors, or commits one key to two.
        case twoRoots([UInt8], [UInt8])
        /// A signed extract that differs from the fold at its sizes.
        case extract(ExtractFault)
    }

    public let kind: Kind

    public init(_ kind: Kind) { self.kind = kind }

    /// What was proven, about whom.
    public enum Finding: Hashable, Sendable {
        case fork(origin: String)
        case cosigner(name: String)
        case foreignEntry(origin: String, index: UInt64)
        case entryTwice(origin: String, first: UInt64, second: UInt64)
        case twoRoots(name: String)
        case extract(name: String, origin: String, ExtractFault.Difference)
    }

    /// What it proves about the holders of those keys; nil if nothing.
    ///
    /// - Parameter keys: keys of logs, witnesses and roots that the reader knows from elsewhere.
    public func judge(keys: [NoteKey]) -> Finding? {
        switch kind {
        case .fork(let splitView):
            guard splitView.judge(keys: keys), let origin = splitView.origin else { return nil }
            return .fork(origin: origin)
        case .cosigner(let splitView, let witness):
            // SPEC: the log need not be known: two histories are two, whoever signed them.
            guard keys.contains(witness), splitView.isContradiction,
                !splitView.cosignersOfBoth(among: [witness]).isEmpty
            else { return nil }
            return .cosigner(name: witness.name)
        case .foreignEntry(let note, let placed):
            guard let head = head(of: note, keys), includes(placed, head),
                let entry = try? RegistryEntry(parsing: placed.bytes),
                entry.envelope.origin != head.origin,
                // A later generation begins with entries of the one before it.
                !isLaterGeneration(head.origin, of: entry.envelope.origin)
            else { return nil }
            return .foreignEntry(origin: head.origin, index: placed.index)
        case .entryTwice(let note, let first, let second):
            guard let head = head(of: note, keys), first.index < second.index,
                includes(first, head), includes(second, head),
                let one = try? RegistryEntry(parsing: first.bytes),
                let other = try? RegistryEntry(parsing: second.bytes),
                one.identity == other.identity
            else { return nil }
            return .entryTwice(
                origin: head.origin, first: first.index, second: second.index)
        case .twoRoots(let first, let second):
            return twoRoots(first, second, keys)
        case .extract(let fault):
            return fault.difference(keys: keys).map {
                .extract(name: fault.signer.name, origin: fault.origin, $0)
            }
        }
    }

    private func isLaterGeneration(_ origin: String, of other: String) -> Bool {
        guard let new = LogOrigin(parsing: origin), let old = LogOrigin(parsing: other) else {
            return false
        }
        return new.follows(old)
    }

    private func head(of note: SignedNote, _ keys: [NoteKey]) -> TreeHead? {
        guard let head = try? TreeHead(parsing: note.text) else { return nil }
        let isSigned = keys.contains {
            $0.algorithm == .ed25519 && $0.name == head.origin && note.isSigned(by: $0)
        }
        return isSigned ? head : nil
    }

    private func includes(_ placed: Placed, _ head: TreeHead) -> Bool {
        let proof = InclusionProof(
            index: placed.index, size: head.size, hashes: placed.hashes)
        let leaf = MerkleTree.leafHash(placed.bytes)
        return (try? proof.root(from: leaf)) == head.root
    }

    /// One root key may state itself once and one successor, each with one commitment.
    private func twoRoots(
        _ first: [UInt8], _ second: [UInt8], _ keys: [NoteKey]
    ) -> Finding? {
        guard let one = try? RegistryEntry(parsing: first),
            let other = try? RegistryEntry(parsing: second),
            case .key(let old) = one.act, case .key(let new) = other.act,
            old.role == .root, new.role == .root, one.envelope.origin == other.envelope.origin,
            let signer = keys.first(where: {
                $0.algorithm == .ed25519 && one.note.isSigned(by: $0)
                    && other.note.isSigned(by: $0)
            })
        else { return nil }
        let isSameKey = old.key == new.key
        let areSuccessors = old.key != signer && new.key != signer
        let contradict = isSameKey ? old.nextRoot != new.nextRoot : areSuccessors
        return contradict ? .twoRoots(name: signer.name) : nil
    }
}
