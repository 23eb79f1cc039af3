internal import Synchronization

/// The connections that are open, in all and by address, and the large answers that wait on them
/// to be taken.
///
/// `Protocol/operation.md § Limits`. This machine's own processes, a server that passes requests on
/// among them, count in all and never by address.
final class ConnectionLedger: Sendable {
    /// An answer up to this size needs no room: tiles and checkpoints are smaller.
    static let smallBytes = 128 << 10

    private struct Account {
        var connections = 0
        var bytes = 0
    }

    private struct Books {
        var all = Account()
        var byAddress: [String: Account] = [:]
        /// What waits on a connection.
        var waiting: [ObjectIdentifier: (bytes: Int, address: String?)] = [:]
    }

    private let books = Mutex(Books())
    private let most: Int
    private let mostPerAddress: Int
    private let mostBytes: Int

    init(most: Int, perAddress: Int, bytes: Int) {
        self.most = most
        mostPerAddress = perAddress
        mostBytes = bytes
    }

    var count: Int { books.withLock(\.all.connections) }

    /// Notes a connection that was opened.
    ///
    /// - Returns: whether it is served; every one is to be given to `close`.
    func open(_ address: String?) -> Bool {
        books.withLock { books in
            books.all.connections += 1
            guard let address else { return books.all.connections <= most }
            books.byAddress[address, default: Account()].connections += 1
            let count = books.byAddress[address]?.connections ?? 0
            return books.all.connections <= most && count <= mostPerAddress
        }
    }

    func close(_ address: String?) {
        books.withLock { books in
            books.all.connections -= 1
            guard let address, var account = books.byAddress[address] else { return }
            account.connections -= 1
            books.byAddress[address] = account.connections > 0 ? account : nil
        }
    }

    /// Takes room for an answer until `release`; of one address no more than a quarter, unless it
    /// is its only one.
    func hold(_ bytes: Int, on connection: ObjectIdentifier, of address: String?) -> Bool {
        guard bytes > ConnectionLedger.smallBytes else { return true }
        return books.withLock { books in
            let known = address.flatMap { books.byAddress[$0] }?.bytes ?? 0
            guard books.all.bytes + bytes <= mostBytes,
                known == 0 || known + bytes <= mostBytes / 4
            else { return false }
            books.all.bytes += bytes
            if let address { books.byAddress[address, default: Account()].bytes += bytes }
            let before = books.waiting[connection]?.bytes ?? 0
            books.waiting[connection] = (before + bytes, address)
            return true
        }
    }

    func release(_ connection: ObjectIdentifier) {
        books.withLock { books in
            guard let (bytes, address) = books.waiting.removeValue(forKey: connection) else {
                return
            }
            books.all.bytes -= bytes
            if let address { books.byAddress[address]?.bytes -= bytes }
        }
    }
}
