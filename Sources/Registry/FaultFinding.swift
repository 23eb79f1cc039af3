public import Cryptography
internal import TransparencyLog

extension FaultProof.Finding {
    /// Whom it is about: the name of a log, a witness, a root or a signer of extracts.
    public var accused: String {
        switch self {
        case .fork(let origin), .foreignEntry(let origin, _), .entryTwice(let origin, _, _): origin
        case .cosigner(let name), .twoRoots(let name), .extract(let name, _, _): name
        }
    }
}

extension FaultProof.Finding: CustomStringConvertible {
    public var description: String {
        switch self {
        case .fork(let origin): "the log \(origin) signed two histories"
        case .cosigner(let name): "the witness \(name) cosigned two histories of one log"
        case .foreignEntry(let origin, let index):
            "the log \(origin) signed a tree whose entry \(index) belongs to another log"
        case .entryTwice(let origin, let first, let second):
            "the log \(origin) signed a tree that holds one act twice, at \(first) and \(second)"
        case .twoRoots(let name): "the root \(name) named two successors"
        case .extract(let name, let origin, let difference):
            "the holder \(name) signed an extract of \(origin) that \(difference)"
        }
    }
}

extension ExtractFault.Difference: CustomStringConvertible {
    public var description: String {
        switch self {
        case .otherEntry(let index): "lists an act at entry \(index), where another entry stands"
        case .withoutEffect(let index): "lists entry \(index), which has no effect"
        case .leftOut(let index): "leaves out entry \(index), which has effect"
        case .otherEnd(let index): "states another end of entry \(index) than the log"
        case .inventedList(let list): "states a status list \(list) that nobody published"
        }
    }
}

extension FaultProof {
    /// What is proven, whichever lines and paths the file carries: one fault is one proof.
    public var identity: HashValue {
        switch kind {
        case .fork(let splitView): splitView.identity
        case .cosigner(let splitView, let witness):
            FaultProof.hash("cosigner", ["\(witness)", splitView.identity.hexadecimal])
        case .foreignEntry(let note, let placed):
            FaultProof.hash(
                "foreign-entry", [FaultProof.origin(note), "\(placed.index)", placed.leaf])
        case .entryTwice(let note, let first, let second):
            FaultProof.hash(
                "entry-twice",
                [
                    FaultProof.origin(note), "\(first.index)", first.leaf, "\(second.index)",
                    second.leaf,
                ])
        case .twoRoots(let first, let second):
            FaultProof.hash("two-roots", [first, second].map(FaultProof.text).sorted())
        case .extract(let fault): fault.identity
        }
    }

    private static func hash(_ kind: String, _ parts: [String]) -> HashValue {
        HashValue(of: Array(([kind] + parts).joined(separator: "\n").utf8))
    }

    private static func origin(_ note: SignedNote) -> String {
        (try? TreeHead(parsing: note.text))?.origin ?? note.text
    }

    /// The text of a note, without the lines that anybody can add.
    private static func text(_ bytes: [UInt8]) -> String {
        (try? SignedNote(parsing: bytes))?.text ?? String(decoding: bytes, as: UTF8.self)
    }
}

extension FaultProof.Placed {
    fileprivate var leaf: String { MerkleTree.leafHash(bytes).hexadecimal }
}
