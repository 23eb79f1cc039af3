public import Encoding
public import Storage
public import Sync

/// What can keep a node from serving, or from reading a request.
public enum NodeError: Error, Hashable, Sendable {
    case configuration(path: String, ParsingError)
    case unreadable(path: String)
    case cannotWrite(path: String)
    case portOccupied(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)
    case inheritedSockets(found: String)
    case certificate(path: String, expected: String)
    case openKey(path: String)
    case store(StorageError)
    case peers(SyncError)
    case damagedBody
}

extension NodeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .configuration(let path, let error):
            "\(path): \(error.description)"
        case .unreadable(let path):
            "\(path) cannot be read"
        case .cannotWrite(let path):
            "\(path) cannot be written"
        case .portOccupied(let host, let port):
            "port \(port) of \(host) is in use by another program; stop it, or name another port "
                + "(0 chooses a free one)"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host), port \(port): \(reason)"
        case .inheritedSockets(let found):
            "expected one listening socket from whoever started this process (LISTEN_FDS=1), found "
                + "\(found); name one ListenStream= in the socket's unit"
        case .certificate(let path, let expected):
            "expected \(expected) at \(path), found something else; name the files with tlsCertificate "
                + "and tlsKey in \(NodeConfiguration.fileName)"
        case .openKey(let path):
            "expected \(path) to be readable by its owner and group alone, found a file that everybody "
                + "can read; close it with chmod 600 \(path)"
        case .store(let error):
            error.description
        case .peers(let error):
            error.description
        case .damagedBody:
            "expected a body that is one whole gzip stream"
        }
    }
}
