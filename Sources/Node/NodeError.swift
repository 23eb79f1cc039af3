public import Encoding
public import Storage
public import Sync

/// What can keep a node from serving.
public enum NodeError: Error, Hashable, Sendable {
    case configuration(path: String, ParsingError)
    case unreadable(path: String)
    case cannotWrite(path: String)
    case portOccupied(host: String, port: Int)
    case cannotListen(host: String, port: Int, reason: String)
    case store(StorageError)
    case peers(SyncError)
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
        case .store(let error):
            error.description
        case .peers(let error):
            error.description
        }
    }
}
