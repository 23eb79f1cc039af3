import Cases
import Foundation
import Recognition
import TestSupport

/// The project's own cases, and those of other people where they lie beside the checkout.
enum OwnCases {
    static func bytes() throws -> [UInt8] {
        Array(
            try Data(
                contentsOf: RecordedVectors.root.appending(path: "recognition/cases.json")))
    }

    static func file() throws -> CaseFile { try CaseFile(parsing: bytes()) }

    /// Every case of every file that is there.
    static func all() throws -> [WorkedCase] {
        var files = [try file()]
        if SharedCases.isPresent { files.append(try CaseFile(parsing: SharedCases.bytes())) }
        return files.flatMap { file in file.cases.map { WorkedCase(file: file, item: $0) } }
    }
}

/// A case with what the engine sees in it.
struct WorkedCase {
    let id: String
    let question: RecognitionQuestion
    let statements: StatementSet

    init(file: CaseFile, item: RecognitionCase) {
        id = item.id
        question = item.question
        statements = file.statements(of: item)
    }

    var verdict: RecognitionVerdict { Resolver(statements, question).verdict }
}
