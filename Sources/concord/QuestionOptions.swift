import ArgumentParser
import Recognition
import Registry
import Verification

/// For which country, purpose and target the worth is asked.
struct QuestionOptions: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: "The country in which it is to count, such as DE; without it, authenticity alone.")
    var destination: String?

    @Option(
        help: """
            What it is to count for: \
            \(Purpose.allCases.map(\.rawValue).joined(separator: ", ")). Default: employ.
            """)
    var purpose: String?

    @Option(help: "The occupation, as a code of ISCO-08; default: the qualification's own.")
    var occupation: String?

    @Option(
        name: .customLong("target-qualification"),
        help: "The qualification with which it is to be compared, such as de.anlagenmechaniker.")
    var targetQualification: String?

    @Option(help: "The sector, where regulation differs by sector.")
    var sector: String?

    func validate() throws {
        if let purpose, Purpose(rawValue: purpose) == nil {
            let known = Purpose.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("expected a purpose out of \(known), found \(purpose)")
        }
        if purpose != nil, destination == nil {
            throw ValidationError(
                "--purpose needs --for: a purpose has an answer in a country only")
        }
        guard let destination else { return }
        try QuestionOptions.checkPlace(destination)
    }

    /// Refuses what is not written as a country or a part of one.
    static func checkPlace(_ place: String) throws {
        let parts = place.split(separator: "-", omittingEmptySubsequences: false)
        guard let country = parts.first, country.utf8.count == 2, parts.count <= 2,
            country.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else {
            throw ValidationError(
                "expected a country such as DE or a part of one such as CA-QC, found \(place)")
        }
    }

    var question: VerificationQuestion {
        var values: [String: String] = [:]
        values["occ"] = occupation
        values["qual"] = targetQualification
        values["sector"] = sector
        return VerificationQuestion(
            destination: destination,
            purpose: destination == nil
                ? nil : purpose.flatMap(Purpose.init(rawValue:)) ?? .employ,
            target: Target(values))
    }
}
