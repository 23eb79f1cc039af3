public import Credentials
import Recognition
public import Registry

/// Which acts a question needs: the subjects for which knowledge must be complete.
///
/// `Protocol/verification.md § Knowledge`.
public struct VerificationSubjects: Hashable, Sendable {
    public let all: Set<String>
    /// The target of the question, or the occupations of the qualification where it names none.
    public let target: Target

    /// - Parameter home: the home log's state, from which the qualification's occupations come.
    public init(
        of credential: QualificationCredential, question: VerificationQuestion, home: LogState?
    ) {
        let versions = home?.qualifications(credential.qualification) ?? []
        let qualification =
            versions.last { $0.qualification.version == credential.version } ?? versions.last
        var values = question.target.values
        if values["occ"] == nil, let occupation = qualification?.qualification.isco08.first {
            values["occ"] = occupation
        }
        target = Target(values)
        var subjects: Set<String> = [
            credential.issuer, credential.qualification, credential.country,
        ]
        subjects.formUnion(target.subjects)
        if let destination = question.destination { subjects.insert(destination) }
        all = subjects
    }
}
