public import Credentials
import Encoding
import Recognition
public import Registry

/// Which acts a question needs: the subjects for which knowledge must be complete.
///
/// `Protocol/verification.md § Knowledge`.
public struct VerificationSubjects: Hashable, Sendable {
    public let all: Set<String>
    /// Where the question names no occupation: those of the qualification that it names, as the
    /// destination's log registers it, else of the credential's own.
    public let occupations: [String]

    /// - Parameters:
    ///   - home: the home log's state, from which the qualification's occupations come.
    ///   - destination: that of the anchor's log, from which those of the target come.
    public init(
        of credential: IssuedCredential, question: VerificationQuestion, home: LogState?,
        destination: LogState?
    ) {
        var subjects: Set<String> = [credential.frame.issuer, credential.frame.country]
        subjects.formUnion(question.target.subjects)
        var qualification: Qualification?
        // What happens to a body concerns the campus to which it delegated.
        subjects.formUnion(home?.delegators(of: credential.frame.issuer) ?? [])
        if case .award(let award) = credential {
            subjects.insert(award.qualification)
            qualification = home.flatMap { IssuerFinding.qualification(of: award, in: $0) }
        }
        let target = question.target["qual"].flatMap { destination?.newest($0) }
        let (own, asked) = (qualification?.isco08 ?? [], target?.isco08 ?? [])
        if question.purpose == .level || target?.framework != nil {
            // Level tables are found by the frameworks between which they are.
            let frameworks = [
                question.target["fw"], target?.framework, qualification?.framework,
                destination?.ownFramework,
            ]
            subjects.formUnion(frameworks.compactMap { $0 })
        }
        // Any of its occupations may be regulated.
        subjects.formUnion((own + asked).map { "isco:\($0)" })
        // What a decision says that it rests on may have been declared void.
        subjects.formUnion(credential.usedBodies)
        occupations = question.target["occ"] == nil ? (asked.isEmpty ? own : asked) : []
        if let place = question.destination {
            // What is stated for a country binds its parts.
            let country = place.split(separator: "-", maxSplits: 1).first.map(String.init)
            subjects.formUnion([place, country ?? place])
        }
        all = subjects
    }
}

extension IssuedCredential {
    /// The bodies whose awards and tests a decision says that it rests on.
    public var usedBodies: Set<String> {
        guard case .statement(let statement) = self else { return [] }
        return Set(
            (statement.statement["uses"]?.array ?? []).compactMap { $0.object?["body"]?.string })
    }
}

extension LogState {
    /// The newest version that stands; where none does, the newest.
    fileprivate func newest(_ qualification: String) -> Qualification? {
        let versions = qualifications(qualification)
        return (versions.last { $0.1.end == nil } ?? versions.last)?.qualification
    }
}
