public import Cryptography
import Foundation
public import Issuance

/// A spreadsheet on disk, read row by row in bounded memory, as often as it takes.
public struct ImportFile: Sendable {
    public let path: String
    public let columns: TemplateColumns
    /// Bytes of the file, to tell how far a reading has come.
    public let size: Int

    private static let pieceSize = 256 << 10

    /// Looks at the heading.
    ///
    /// - Parameters:
    ///   - path: a regular file: it is read twice.
    ///   - delimiter: nil: found out from the heading.
    /// - Throws: `TemplateColumns.Faults` for a heading that does not fit the template.
    public init(
        _ path: String, template: AwardTemplate, delimiter: CSVDelimiter?
    ) throws {
        self.path = path
        let handle = try ImportFile.open(path)
        let bytes = Array(try handle.read(upToCount: CSVHead.sizeLimit) ?? Data())
        let head = try CSVHead(
            parsing: bytes, delimiter: delimiter, columns: template.fields.map(\.column))
        columns = try TemplateColumns(head, of: template)
        size = Int(try handle.seekToEnd())
    }

    private static func open(_ path: String) throws -> FileHandle {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            let handle = FileHandle(forReadingAtPath: path)
        else {
            throw RegistrarError.noFile(path: path)
        }
        return handle
    }

    /// One row of the file after the heading.
    public typealias Row = Result<AwardRequest, TemplateColumns.Faults>

    /// A reading of the rows from the first to the last.
    public struct Reader {
        private let columns: TemplateColumns
        private let handle: FileHandle
        private var parser: CSVParser
        private var hasher = HashFunction()
        private var waiting: [CSVRow] = []
        private var place = 0
        private var skip: Int
        private var sawHeading = false
        private var hasEnded = false
        /// Bytes read so far.
        public private(set) var offset = 0

        init(_ file: ImportFile) throws {
            columns = file.columns
            handle = try ImportFile.open(file.path)
            parser = CSVParser(columns.head.delimiter, line: columns.head.line)
            skip = columns.head.offset
        }

        /// SHA-256 of all bytes read; of the whole file once `next` gives nothing.
        public var digest: HashValue { hasher.finalized }

        /// The next rows with the lines on which they begin, at most so many; none: the end.
        public mutating func next(_ count: Int) throws -> [(line: Int, row: Row)] {
            while waiting.count - place < count, !hasEnded { try readPiece() }
            let rows = waiting[place...].prefix(count)
            place += rows.count
            if place == waiting.count {
                waiting.removeAll(keepingCapacity: true)
                place = 0
            }
            return rows.map { ($0.line, columns.award($0)) }
        }

        private mutating func readPiece() throws {
            let piece = Array(try handle.read(upToCount: ImportFile.pieceSize) ?? Data())
            var rows: [CSVRow] = []
            if piece.isEmpty {
                hasEnded = true
                parser.finish { rows.append($0) }
            } else {
                hasher.update(piece)
                offset += piece.count
                let skipped = min(skip, piece.count)
                skip -= skipped
                parser.feed(piece[skipped...]) { rows.append($0) }
            }
            if !sawHeading, !rows.isEmpty {
                sawHeading = true
                rows.removeFirst()
            }
            if place > 0 {
                waiting.removeFirst(place)
                place = 0
            }
            waiting += rows
        }
    }

    public func reader() throws -> Reader { try Reader(self) }
}
