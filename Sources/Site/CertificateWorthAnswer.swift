internal import Encoding
internal import Language
internal import Node
internal import Pages
internal import Recognition
internal import Registrar
internal import Registry
internal import Verification

/// What the certificate that somebody hands over is worth, everywhere.
///
/// It is judged first; where it is not genuine or does not hold, the answer is that verdict.
struct CertificateWorthAnswer {
    let page: Page
    let status: Int

    init(
        _ handed: Result<HandedOver, SiteProblem>, desk: VerdictDesk, pictures: PictureReader,
        room: QuestionRoom, visit: Visit, atlas: Atlas
    ) async {
        do {
            let handed = try handed.get()
            let certificate = try await handed.certificate(reading: pictures)
            let input = try HandedOver.input(certificate)
            page = try await room.answering {
                try await CertificateWorthAnswer.page(
                    input, desk: desk, visit: visit, atlas: atlas)
            }.bringing(handed.again(certificate))
            status = 200
        } catch {
            let error = SiteProblem(error)
            page = .worthQuestion(
                atlas, qualification: nil, problem: error.message, in: visit.context)
            status = error.status
        }
    }

    private static func page(
        _ input: VerificationInput, desk: VerdictDesk, visit: Visit, atlas: Atlas
    ) async throws(SiteProblem) -> Page {
        let found: AwardSurvey
        do {
            let knowledge =
                if let database = desk.database {
                    try WorthKnowledge(
                        copies: WorthDesk(database: database, anchor: desk.anchor), at: visit.now)
                } else { throw SiteProblem.failed }
            found = try AwardSurvey(of: input, by: desk, knowing: knowledge, at: visit.now)
        } catch let error as VerificationError {
            throw .malformed(error.description)
        } catch {
            throw .failed
        }
        switch found {
        case .refused(let verdict): return .verdicts([verdict], atlas, in: visit.context)
        case .unregistered(let name): throw .malformed(name)
        case .award(let award, let survey):
            let lines = await survey.rows(for: award).map {
                WorthLine(row: $0.row, age: $0.age, names: $0.names)
            }
            return .worth(
                of: WorthSubject(survey, awarded: award.awarded, in: visit.context), lines, atlas,
                in: visit.context)
        }
    }
}

extension WorthSubject {
    /// - Parameter awarded: nil: asked before an award, as if it were made today.
    init(_ survey: QualificationSurvey, awarded: CalendarDate?, in context: PageContext) {
        self.init(
            qualification: survey.qualification.id,
            title: survey.qualification.titles.text(in: [context.catalogue.translation.tag]),
            versionName: survey.qualification.versionName, awarded: awarded)
    }
}
