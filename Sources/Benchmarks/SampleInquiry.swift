import Encoding
import Recognition
import Registrar
import Registry

/// Questions to a sample world: where and for what an award of one country counts in another.
struct SampleInquiry {
    private let world: SampleWorld
    private let desk: WorthDesk
    private let sources: [WorthDesk.Source]

    /// - Parameter cachedBytes: of entries whose parsed form is kept; nil: as everywhere.
    init(_ world: SampleWorld, cachedBytes: Int? = nil) throws {
        self.world = world
        desk =
            cachedBytes.map {
                WorthDesk(database: world.database, anchor: world.anchor, cachedBytes: $0)
            } ?? WorthDesk(database: world.database, anchor: world.anchor)
        sources = try desk.sources(at: world.now)
    }

    /// Reads the acts of the destination and of the home country from the database, and resolves.
    func ask(_ number: Int) throws {
        let home = sources[(number * 31 + 7) % sources.count]
        let destination = sources[(number * 17 + 3) % sources.count]
        let each = max(world.entriesPerLog / 20 - 1, 1)
        let id = world.qualification(home.country, number % each)
        let occupation = SampleCountryLog.occupation(number % each)
        let subjects: Set = [id, "isco:\(occupation)"]
        let (found, own) = try desk.destination(
            destination, home: home, about: subjects, at: world.now)
        guard let qualification = own.acts.qualifications(id).last?.qualification else {
            throw UnexpectedResult(expected: "the qualification \(id)", found: "none")
        }
        var statements = LogStatements(destination: found.log, others: [own.log]).statements
        statements.awards = [
            Award(
                id: id, qualification: qualification, body: "", awarded: world.now.day,
                authenticity: .proven)
        ]
        let verdict = Resolver(
            statements,
            RecognitionQuestion(
                destination: destination.country, purpose: .visaSkill, awards: [id],
                target: Target(["occ": occupation]), day: world.now.day)
        ).verdict
        guard [.granted, .partial, .undetermined].contains(verdict.word) else {
            throw UnexpectedResult(
                expected: "granted, partial or undetermined", found: "\(verdict.word)")
        }
    }
}
