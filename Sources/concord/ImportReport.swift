import Cryptography
import Encoding
import Issuance
import Records
import Registrar

/// What an import says of its rows and of what it issued: lines for people, or one object.
struct ImportReport {
    private let limit: Int
    private let isJSON: Bool
    private var object: JSONObject = ["version": 1]
    private var lines: [String] = []

    init(limit: Int, isJSON: Bool) {
        self.limit = limit
        self.isJSON = isJSON
    }

    /// Faults of the heading: no row was read.
    mutating func refuse(_ faults: [RowFault]) {
        add(faults, count: faults.count)
        lines.append("the heading does not fit the template; nothing was issued")
        end()
    }

    mutating func take(_ check: ImportCheck) {
        object["import"] = .string(check.id.hexadecimal)
        object["rows"] = .integer(Int64(check.rows))
        object["faultyRows"] = .integer(Int64(check.faultyRows))
        add(check.faults, count: check.faultCount)
        if check.rows == 0 {
            lines.append("expected rows below the heading, found none; nothing was issued")
        } else if check.faultCount > 0 {
            lines.append(
                "\(check.faultCount) faults in \(check.faultyRows) of \(check.rows) rows; nothing "
                    + "was issued")
        } else {
            lines.append("\(check.rows) rows without fault")
        }
    }

    mutating func take(_ issued: ImportDesk.Issued, out: String) {
        object["issued"] = [
            "entry": .integer(Int64(issued.entry)), "rows": .integer(Int64(issued.rows)),
            "again": .bool(issued.wasIssued), "out": .string(out),
        ]
        lines.append(
            issued.wasIssued
                ? "this file was imported before; its batch is at entry \(issued.entry), and nothing "
                    + "was issued again"
                : "issued \(issued.rows) certificates in the batch at entry \(issued.entry)")
        lines.append(
            "files in \(out); their record ids in \(out)/\(CertificateFolder.recordsName)")
    }

    /// - Parameter print: the command that prints the paper.
    mutating func take(_ paper: PaperDesk.Issued, print: String) {
        var object: JSONObject = [
            "issued": .integer(Int64(paper.issued)),
            "tooLong": .array(paper.tooLong.map { .string($0.description) }),
        ]
        object["entry"] = paper.entry.map { .integer(Int64($0)) }
        self.object["paper"] = .object(object)
        if !paper.tooLong.isEmpty { lines.append(PaperDesk.explanation(of: paper.tooLong)) }
        if let entry = paper.entry {
            lines.append(
                "their paper certificates are logged from entry \(entry); print them with: "
                    + print)
        }
    }

    private mutating func add(_ faults: [RowFault], count: Int) {
        object["faultCount"] = .integer(Int64(count))
        object["faults"] = .array(
            faults.map { fault in
                var item: JSONObject = ["line": .integer(Int64(fault.line))]
                item["column"] = fault.column.map(JSONValue.string)
                item["code"] = .string(fault.reason.code)
                item["reason"] = .string("\(fault.reason)")
                return .object(item)
            })
        lines += faults.prefix(limit).map(\.description)
        if count > min(faults.count, limit) {
            lines.append("and \(count - min(faults.count, limit)) more; --json shows all")
        }
    }

    /// Prints it.
    func end() {
        if isJSON {
            Console.print(JSONValue.object(object).indented, terminator: "")
        } else {
            for line in lines { Console.print(line) }
        }
    }
}
