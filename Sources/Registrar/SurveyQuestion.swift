public import Encoding
public import Recognition
public import Registry
public import Verification

extension QualificationSurvey {
    /// What every log that is asked about one decision must be complete about.
    public func subjects(against target: Target) -> Set<String> {
        Set(
            [qualification.id, home.country] + qualification.isco08.map { "isco:\($0)" }
                + target.subjects)
    }

    /// An award of it made that day, by nobody in particular.
    public func award(on day: CalendarDate) -> Award {
        Award(
            id: qualification.id, qualification: qualification, body: "", awarded: day,
            authenticity: .proven)
    }

    /// What one country's statements say about one purpose and target, whether or not one of them
    /// names it.
    ///
    /// - Parameters:
    ///   - place: the country or a part of it.
    ///   - day: the one asked about, by what is known now.
    public func verdict(
        on award: Award, in destination: WorthDesk.Destination, at place: String,
        for purpose: Purpose, against target: Target, on day: CalendarDate
    ) -> (verdict: RecognitionVerdict, names: WorthNames) {
        let log = statements(of: destination)
        var statements = log.statements
        statements.awards = [award]
        let question = RecognitionQuestion(
            destination: place, purpose: purpose, awards: [award.id], target: target,
            occupations: target["occ"] == nil ? qualification.isco08 : [], day: day)
        let verdict = Resolver(statements, question).verdict
        return (verdict, names(in: verdict, by: destination, places: log.places))
    }
}

extension WorthKnowledge {
    /// The countries at hand in the order in which they are asked for a qualification: ids usually
    /// begin with the code of their country.
    func countries(likelyOf id: String) -> [String] {
        let likely = String(id.prefix { $0 != "." }).uppercased()
        return countries.filter { $0 == likely } + countries.filter { $0 != likely }
    }

    /// The country whose log registers a qualification, in any version; nil: none at hand does.
    public func country(registering id: String) throws -> String? {
        try countries(likelyOf: id).first { country in
            try home(country, about: [id])?.acts.qualifications(id).contains {
                $0.qualification.country == country
            } ?? false
        }
    }
}

extension WorthDesk.Destination {
    /// Whether the country gave that authority a mandate.
    public func knows(_ authority: String) -> Bool {
        acts.contains { standing in
            guard standing.isMandated, case .mandate(let act) = standing.act else { return false }
            return act.authority == authority
        }
    }
}
