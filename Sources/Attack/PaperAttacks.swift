import Credentials
import Encoding
import Foundation
import Language
import Registrar

/// F17, F25 and F26: codes that are links, and paper that says something else than its code.
enum PaperAttacks {
    static let all: [AttackCase] = [
        AttackCase("F17-link", "a code that is only an address", .notJudged) { _ in
            Array("https://verify-concord.example/certificates/1\n".utf8)
        },
        AttackCase(
            "F25", "honest paper, long after every server is gone", .holds
        ) { stage in
            try stage.verify(
                stage.paper(stage.certificates.paper), as: "f25", by: stage.employer,
                through: stage.withoutNetwork)
        },
        AttackCase(
            "F26", "another name is printed beside a true code: the code's is shown", .holds
        ) { stage in
            var printing = PrintDesk(
                office: stage.service.country.office, records: stage.service.records)
            let sheet = try printing.sheet(
                of: stage.service.standing, in: ["en"], at: stage.network.now)
            guard var object = sheet.value.object else {
                throw AttackFailure("expected a sheet, found something else")
            }
            let honest = try stage.printed(sheet.value)
            object["name"] = .string(AttackedBody.otherPerson)
            let page = try stage.printed(.object(object))
            // The other name must stand on the page, or nobody could have believed it.
            guard page != honest else {
                throw AttackFailure("expected another page for another name, found the same")
            }
            let file = stage.path("f26.pdf")
            try Data(page).write(to: URL(filePath: file))
            let answer = try stage.verify(file, by: stage.registrar)
            guard answer.subject["name"]?.string == AttackedBody.person,
                !answer.text.contains(AttackedBody.otherPerson)
            else { throw AttackFailure("the printed name was believed") }
            return answer
        },
    ]
}

extension AttackStage {
    /// The text of the code of a paper credential.
    func paper(_ file: CredentialFile) throws -> [UInt8] {
        Array(try PaperCode(file).text.utf8)
    }

    /// The page that the printing process makes of a sheet.
    fileprivate func printed(_ sheet: JSONValue) throws -> [UInt8] {
        let outcome = try program.neighbour("concord-paper")
            .run(["print"], input: sheet.serialized + [UInt8(ascii: "\n")])
        let head = outcome.output.prefix { $0 != UInt8(ascii: "\n") }
        guard head.starts(with: "ok ".utf8) else {
            throw AttackFailure("expected a printed page, found none: \(outcome.complaint)")
        }
        return Array(outcome.output.dropFirst(head.count + 1))
    }
}
