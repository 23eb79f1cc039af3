internal import Metrics
internal import NIOCore
internal import Storage
internal import Synchronization

/// Answers as they went out, for requests of the same bytes.
///
/// `Protocol/operation.md § Shelf`. What was answered is answered again without its route as long
/// as the logs have not changed, by a repair either. The shelf holds a bounded number of bytes;
/// what was not asked for longest falls off.
final class AnswerShelf: Sendable {
    /// A larger answer is not kept.
    static let answerByteLimit = 64 << 10
    /// Of the answers that were asked for lately; as many of the ones before.
    static let byteLimit = 8 << 20

    private struct Answer {
        /// Head and body.
        var bytes: ByteBuffer
        /// Where the 29 bytes of its date begin.
        let datePlace: Int
        var date: String
        /// Of the logs (`ChangeWatch`); with another one it is no answer any more.
        let mark: Int64
        /// Whether it is taken off its reader's budget.
        let isBudgeted: Bool
        let meter: RequestMeter.Cells
    }

    private struct Books {
        var recent: [ByteBuffer: Answer] = [:]
        var recentBytes = 0
        var former: [ByteBuffer: Answer] = [:]
    }

    private let books = Mutex(Books())
    private let changes: ChangeWatch
    private let limits: RequestLimits
    private let allowed: AllowedMethods
    private let table: MetricsTable
    private let date: AnswerDate

    init(
        changes: ChangeWatch, limits: RequestLimits, allowed: AllowedMethods, table: MetricsTable,
        date: AnswerDate
    ) {
        self.changes = changes
        self.limits = limits
        self.allowed = allowed
        self.table = table
        self.date = date
    }

    /// The mark of the logs as they are now; nil: nobody can tell.
    var mark: Int64? { try? changes.mark() }

    var byteCount: Int {
        books.withLock { books in
            books.recentBytes + books.former.reduce(0) { $0 + AnswerShelf.size($1.key, $1.value) }
        }
    }

    /// The answer to a request of these bytes, from an address that is not this machine's; nil:
    /// the routes are to be asked.
    func answer(to request: ByteBuffer, from address: String?) -> ByteBuffer? {
        let start = ContinuousClock.now
        guard let answer = found(request, date.text) else { return nil }
        guard answer.mark == mark else {
            remove(request)
            return nil
        }
        // Order: refused by the routes, who say why.
        guard !answer.isBudgeted || limits.admitsReading(address) else { return nil }
        answer.meter.note(since: start)
        return answer.bytes
    }

    private func found(_ request: ByteBuffer, _ date: String) -> Answer? {
        books.withLock { books in
            if let place = books.recent.index(forKey: request) {
                AnswerShelf.freshen(&books.recent.values[place], date)
                return books.recent.values[place]
            }
            guard var answer = books.former.removeValue(forKey: request) else { return nil }
            AnswerShelf.freshen(&answer, date)
            AnswerShelf.add(request, answer, to: &books)
            return answer
        }
    }

    private static func freshen(_ answer: inout Answer, _ date: String) {
        guard answer.date != date, date.utf8.count == dateLength else { return }
        answer.bytes.setString(date, at: answer.datePlace)
        answer.date = date
    }

    /// Keeps an answer as it went out, unless it is too large or bears no date.
    ///
    /// - Parameters:
    ///   - request: a `PlainRequest`, whole.
    ///   - mark: of the logs before the request was answered.
    func keep(
        _ bytes: ByteBuffer, to request: ByteBuffer, path: String, status: Int, mark: Int64
    ) {
        guard bytes.readableBytes <= AnswerShelf.answerByteLimit,
            let found = bytes.readableBytesView.firstRange(of: AnswerShelf.dateField)
        else { return }
        // Copies: what came from the socket or the encoder has room that nobody needs.
        let own = ByteBuffer(bytes: bytes.readableBytesView)
        let datePlace = found.upperBound - bytes.readerIndex
        guard let date = own.getString(at: datePlace, length: AnswerShelf.dateLength) else {
            return
        }
        let route = allowed.methods(at: path)?.route ?? "none"
        let answer = Answer(
            bytes: own, datePlace: datePlace, date: date, mark: mark,
            isBudgeted: !RequestLimits.isExempt(path),
            meter: RequestMeter.Cells(table, method: "GET", route: route, status: status))
        books.withLock { books in
            books.former[request] = nil
            AnswerShelf.add(ByteBuffer(bytes: request.readableBytesView), answer, to: &books)
        }
    }

    private static let dateField = Array("\r\nDate: ".utf8)
    private static let dateLength = 29

    private static func size(_ request: ByteBuffer, _ answer: Answer) -> Int {
        request.readableBytes + answer.bytes.readableBytes
    }

    private static func add(_ request: ByteBuffer, _ answer: Answer, to books: inout Books) {
        if let before = books.recent.updateValue(answer, forKey: request) {
            books.recentBytes -= size(request, before)
        }
        books.recentBytes += size(request, answer)
        guard books.recentBytes > byteLimit else { return }
        books.former = books.recent
        books.recent = [:]
        books.recentBytes = 0
    }

    private func remove(_ request: ByteBuffer) {
        books.withLock { books in
            if let answer = books.recent.removeValue(forKey: request) {
                books.recentBytes -= AnswerShelf.size(request, answer)
            }
        }
    }
}
