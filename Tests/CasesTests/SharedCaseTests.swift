import Cases
import Encoding
import Foundation
import Recognition
import TestSupport
import Testing

/// The acceptance cases that other people wrote, from the folder beside the checkout.
@Suite(.enabled(if: SharedCases.isPresent, "no shared cases beside the checkout"))
struct SharedCaseTests {
    @Test func everyCaseEndsAsExpected() throws {
        let file = try CaseFile(parsing: SharedCases.bytes())
        for item in file.cases {
            let outcome = CaseOutcome(item, file.verdict(on: item))
            #expect(outcome.isPassed, "\(item.id) \(item.title): \(outcome.differences)")
        }
    }
}

/// The folder of cases beside the checkout.
enum SharedCases {
    static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/cases/recognition.json").standardizedFileURL.path

    static var isPresent: Bool { FileManager.default.fileExists(atPath: path) }

    static func bytes() throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }
}
