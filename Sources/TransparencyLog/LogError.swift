public import Encoding

/// What can be wrong with notes, checkpoints, trees, proofs and policies.
public enum LogError: Error, Hashable, Sendable {
    // Bytes that are not what they claim to be.
    case tooLarge(LogFormat, limit: Int, found: Int)
    case notUTF8(LogFormat)
    case controlCharacter(LogFormat, at: Int)
    case wrongForm(LogFormat, expected: String)
    case wrongLine(LogFormat, line: Int, expected: String)
    case tooManySignatures(limit: Int)
    case tooManyHashes(LogFormat, limit: Int)
    case splitView(ParsingError)

    // Keys and signatures.
    case keyName
    case unknownAlgorithm(UInt8)
    case keyLength(expected: Int, found: Int)
    case keyID(expected: UInt32, found: UInt32)
    case wrongAlgorithm(expected: NoteKey.Algorithm, found: NoteKey.Algorithm)
    case ambiguousKey(name: String)
    case badSignature(name: String)
    case noKnownSignature
    case originMismatch(expected: String, found: String)

    // Trees and proofs.
    case sizeTooLarge(limit: UInt64, found: UInt64)
    case indexBeyondSize(index: UInt64, size: UInt64)
    case emptyOldTree
    case sizesReversed(old: UInt64, new: UInt64)
    case proofLength(expected: Int, found: Int)
    case rootMismatch(size: UInt64)
    case subtreeMisplaced(level: Int, size: UInt64)

    // Policies.
    case policy(PolicyFault, line: Int)
}

extension LogError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let format, let limit, let found):
            "expected a \(format.rawValue) of at most \(limit) bytes, found \(found)"
        case .notUTF8(let format):
            "expected a \(format.rawValue) in UTF-8, found a broken sequence"
        case .controlCharacter(let format, let offset):
            "expected no control character in a \(format.rawValue), found one at byte \(offset)"
        case .wrongForm(let format, let expected):
            "not a \(format.rawValue): expected \(expected)"
        case .wrongLine(let format, let line, let expected):
            "not a \(format.rawValue): expected \(expected) in line \(line)"
        case .tooManySignatures(let limit):
            "expected at most \(limit) signature lines under a note, found more"
        case .tooManyHashes(let format, let limit):
            "expected at most \(limit) hashes in a \(format.rawValue), found more"
        case .splitView(let error):
            "not a split view: \(error.description)"
        default: judgement
        }
    }

    private var judgement: String {
        switch self {
        case .keyName:
            "expected a key name without white space, control characters and plus signs"
        case .unknownAlgorithm(let byte):
            "expected a key of signature type 1 or 4, found type \(byte)"
        case .keyLength(let expected, let found):
            "expected a public key of \(expected) bytes, found \(found)"
        case .keyID(let expected, let found):
            "expected the key id \(NoteKey.hexadecimal(expected)), "
                + "found \(NoteKey.hexadecimal(found))"
        case .wrongAlgorithm(let expected, let found):
            "expected a key of signature type \(expected.rawValue), found \(found.rawValue)"
        case .ambiguousKey(let name):
            "two of the given keys answer to the name and id of a signature by \(name)"
        case .badSignature(let name):
            "the signature line of the known key \(name) does not verify"
        case .noKnownSignature:
            "expected a signature by a known key, found none"
        case .originMismatch(let expected, let found):
            "expected a checkpoint of the log \(expected), found one of \(found)"
        default: shape
        }
    }

    private var shape: String {
        switch self {
        case .sizeTooLarge(let limit, let found):
            "expected a number up to \(limit), found \(found)"
        case .indexBeyondSize(let index, let size):
            "expected an index below the tree size \(size), found \(index)"
        case .emptyOldTree:
            "expected a first tree with entries: nothing follows from an empty one"
        case .sizesReversed(let old, let new):
            "expected tree sizes in ascending order, found \(old) before \(new)"
        case .proofLength(let expected, let found):
            "expected a proof of \(expected) hashes, found \(found)"
        case .rootMismatch(let size):
            "the hashes do not lead to the root of the tree of size \(size)"
        case .subtreeMisplaced(let level, let size):
            "a subtree of level \(level) does not fit after \(size) entries"
        case .policy(let fault, let line):
            "witness policy, line \(line): \(fault.description)"
        default: "the log's bytes are not in order"
        }
    }
}
