import Registrar
import Storage
import TransparencyLog

/// What a round of copying brought, a line a log.
struct LogNews {
    /// The size of each log before it.
    let before: [String: UInt64]
    let database: LogDatabase

    static func sizes(_ database: LogDatabase) throws -> [String: UInt64] {
        Dictionary(
            uniqueKeysWithValues: try database.read { try $0.logs() }.map { ($0.origin, $0.size) })
    }

    func print() throws {
        for log in try database.read({ try $0.logs() }) {
            let old = before[log.origin] ?? 0
            let news = log.size > old ? "+\(log.size - old) entries" : "nothing new"
            let head = try database.read { try $0.witnessedHead(log.origin) }
            let seen =
                head.flatMap(\.quorumTime).map {
                    "witnessed up to \(head?.head.size ?? 0), \($0)"
                } ?? "not witnessed yet"
            Console.print("\(log.origin)  \(log.size) entries, \(news); \(seen)")
            if let sentence = LogInspection.sentence(log.standing) {
                Console.print("  \(sentence)")
            }
        }
    }
}
