public import Credentials

/// Why a batch cannot be made, or a spreadsheet not be read.
public enum IssuanceError: Error, Hashable, Sendable {
    case nothingToIssue
    case tooMany(limit: Int, found: Int)
    /// The award of that line names another body than the first.
    case severalIssuers(line: Int)
    /// The award of that line has a place on a status list that an earlier one has.
    case statusTwice(line: Int)
    case credential(line: Int, CredentialError)
    // A spreadsheet that cannot be read at all.
    case otherEncoding(String)
    case workbook
    case noHeading
    case delimiterUnclear
}

extension IssuanceError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nothingToIssue: "expected at least one award or statement, found none"
        case .tooMany(let limit, let found):
            "expected at most \(limit) credentials in a batch, found \(found); issue them in parts"
        case .severalIssuers(let line):
            "line \(line): expected the issuer of the first line, found another"
        case .statusTwice(let line):
            "line \(line): expected a free place on its status list, found that of another line"
        case .credential(let line, let error): "line \(line): \(error)"
        case .otherEncoding(let found):
            "expected UTF-8, found \(found); save the file as \"CSV UTF-8\""
        case .workbook:
            "expected a CSV file, found a workbook or an archive; save the sheet as \"CSV UTF-8\""
        case .noHeading: "expected a heading with the names of the columns, found nothing"
        case .delimiterUnclear:
            "cannot tell what stands between the cells; name it with --delimiter comma, semicolon "
                + "or tab"
        }
    }
}
