public import Cryptography

/// What can keep a node from being backed up, restored or rebuilt.
public enum OperationError: Error, Hashable, Sendable {
    case cannotRead(path: String)
    case cannotWrite(path: String)
    case unreadable(path: String, reason: String)
    case alreadyThere(path: String)
    case notBackup(path: String)
    case newerBackup(path: String, expected: Int, found: String)
    case wrongPart(path: String, expected: String, found: String)
    case otherRecoveryKey(path: String, expected: Fingerprint, found: Fingerprint)
    case cannotOpen(path: String)
    case cutOff(path: String)
    case changed(path: String, part: UInt64)
    case otherNode(path: String, expected: String, found: String)
    case foreignName(path: String)
    case noPeers
    case notRebuilt(origin: String)
}

extension OperationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotRead(let path):
            "expected a file at \(path), found none that can be read; check the path"
        case .cannotWrite(let path):
            "\(path) cannot be written; check the folder and the disk"
        case .unreadable(let path, let reason):
            "\(path): \(reason)"
        case .alreadyThere(let path):
            "expected nothing at \(path), found something; nothing was changed; name another place"
        case .notBackup(let path):
            "expected a backup of a node at \(path), found something else; nothing was changed"
        case .newerBackup(let path, let expected, let found):
            "expected a backup of version \(expected) at \(path), found \(found), which a newer "
                + "Concord wrote; nothing was changed; install that version"
        case .wrongPart(let path, let expected, let found):
            "expected the part with the \(expected) at \(path), found that with the \(found)"
        case .otherRecoveryKey(let path, let expected, let found):
            "expected the recovery key \(expected), for which \(path) was made, found \(found)"
        case .cannotOpen(let path):
            "expected \(path) to open with the recovery key, found changed bytes in its head; "
                + "nothing was changed; take another copy"
        case .cutOff(let path):
            "expected \(path) to the end, found that it is cut off; nothing was changed; take another "
                + "copy"
        case .changed(let path, let part):
            "expected \(path) as it was written, found changed bytes in part \(part); nothing was "
                + "changed; take another copy"
        case .otherNode(let path, let expected, let found):
            "expected a backup of \(expected) at \(path), found one of \(found)"
        case .foreignName(let path):
            "\(path) holds a file whose name no backup has; nothing was changed"
        case .noPeers:
            "expected at least one node that holds copies of the log, found none; give --from URL"
        case .notRebuilt(let origin):
            "expected a copy of \(origin) that bears its own signature, found none at any node that was "
                + "asked; nothing is signed; name others with --from URL"
        }
    }
}
