internal import Cryptography
public import Encoding
internal import Language
public import Node
internal import Pages
public import Registrar
internal import Registry
internal import Storage
internal import TransparencyLog
internal import Verification

/// What a node shows to people, and to their programs under the same addresses.
///
/// `Protocol/pages.md`. Answers from the node's own copies alone; changes nothing, keeps and logs
/// nothing of what it is asked.
public struct PageDesk: Sendable {
    let office: Office
    private let clock: @Sendable () -> Timestamp
    private let shelf = AtlasShelf()
    private let pictures = PictureReader()
    private let room = QuestionRoom()

    public init(office: Office, clock: @escaping @Sendable () -> Timestamp) {
        self.office = office
        self.clock = clock
    }

    public func answer(_ request: PageRequest) async -> NodeAnswer {
        let visit = Visit(
            request, country: office.card.country, isSample: office.card.isSample, at: clock())
        do { return try await answer(visit) } catch { return visit.problem(SiteProblem(error)) }
    }

    private func answer(_ visit: Visit) async throws -> NodeAnswer {
        if visit.request.method == .get,
            let asset = PageAsset.all.first(where: { $0.path == visit.path })
        {
            return visit.asset(asset)
        }
        switch (visit.request.method, visit.path) {
        case (.get, "/openapi.json"):
            return visit.json(PackageResources.openapi_json, caching: .none, language: "en")
        case (.post, "/verify"):
            return try await room.answering {
                try await VerifyAnswer(desk: try desk(visit), visit: visit) {
                    try await atlas(visit).statuses
                }.answer
            }
        case (.post, "/authorization"):
            let query = try TrustQuery(parsing: visit.request.body, at: visit.now)
            return try await room.answering {
                let answer = try AuthorizationAnswer(query, office: office, visit: visit)
                return visit.json(
                    answer.document.serialized, caching: .never, language: visit.language)
            }
        case (.post, "/recognition"):
            let query = try TrustQuery(parsing: visit.request.body, at: visit.now)
            return try await room.answering {
                let answer = try RecognitionAnswer(query, office: office, visit: visit)
                return visit.json(
                    answer.document.serialized, caching: .never, language: visit.language)
            }
        case (.post, "/check"):
            return try await check(visit)
        case (.post, "/worth"):
            return try await worthOfCertificate(visit)
        case (.post, "/code"):
            return try await code(visit)
        default: break
        }
        guard visit.request.method == .get, let address = visit.address else {
            throw SiteProblem.notFound
        }
        return try await room.answering {
            visit.answer(try await page(address, visit), at: address)
        }
    }

    private func desk(_ visit: Visit) throws -> VerdictDesk {
        VerdictDesk(anchor: try office.anchor(at: visit.now), database: office.database)
    }

    func atlas(_ visit: Visit) async throws -> Atlas {
        try await shelf.atlas(of: office, at: visit.now)
    }

    private func check(_ visit: Visit) async throws -> NodeAnswer {
        let handed = HandedOver.result(of: visit.request)
        let visit = visit.speaking((try? handed.get())?.text("lang"))
        let atlas = try await room.answering { try await self.atlas(visit) }
        let answer = await CheckAnswer(
            handed, desk: try desk(visit), pictures: pictures, room: room, visit: visit,
            atlas: atlas)
        return visit.answer(answer.page, at: .check, status: answer.status)
    }

    /// The text of the code in a picture, such as a frame of a camera; the picture is not kept.
    private func code(_ visit: Visit) async throws -> NodeAnswer {
        guard let body = visit.request.body else { throw SiteProblem.tooLarge }
        guard !body.isEmpty else { throw SiteProblem.empty }
        guard let picture = CertificatePicture(body) else {
            throw SiteProblem.picture(.noPicture)
        }
        let text = try await pictures.code(in: picture)
        return visit.json(
            JSONValue.object(["version": 1, "text": .string(text)]).serialized, caching: .never)
    }

    private func page(_ address: PageAddress, _ visit: Visit) async throws -> Page {
        let context = visit.context
        switch address {
        case .start: return .start(in: context)
        case .network: return try network(visit)
        case .check: return .check(try await atlas(visit), visit.form, in: context)
        case .worth: return try await worth(visit)
        case .registry: return .registry(try await atlas(visit), in: context)
        case .frameworks: return .frameworks(try await atlas(visit), in: context)
        case .recognitions:
            return .recognitions(
                from: visit.query["from"], to: visit.query["to"], try await atlas(visit),
                in: context)
        case .search:
            return .search(visit.query["q"] ?? "", try await atlas(visit), in: context)
        case .country, .authority, .body, .framework, .qualification:
            guard let page = Page.named(at: address, try await atlas(visit), in: context) else {
                throw SiteProblem.notFound
            }
            return page
        case .act(let log, let index):
            let text = try logged(log, index)
            let desk = RegistryDesk(
                database: office.database, anchor: try office.anchor(at: visit.now))
            let standing = try desk.act(at: index, of: text.origin, at: visit.now)
            return .act(text, standing, try await atlas(visit), in: context)
        }
    }

    /// One entry as the copy here has it.
    private func logged(_ log: HashValue, _ index: UInt64) throws -> LoggedText {
        let found = try office.database.read {
            snapshot throws(StorageError) -> (LogRecord, [UInt8], Timestamp?)? in
            guard let record = try snapshot.log(originHash: log), index < record.size,
                let stored = try snapshot.entries(record.origin, index..<(index + 1)).first
            else { return nil }
            return (record, stored.bytes, try snapshot.loggedTime(record.origin, index))
        }
        guard let (record, bytes, time) = found, let entry = try? RegistryEntry(parsing: bytes)
        else { throw SiteProblem.notFound }
        return LoggedText(
            origin: record.origin, originHash: record.originHash, index: index, entry: entry,
            loggedTime: time)
    }

    private func worth(_ visit: Visit) async throws -> Page {
        let filter = try WorthFilter(visit.query)
        let atlas = try await atlas(visit)
        guard let asked = visit.query["qualification"], !asked.isEmpty else {
            return .worthQuestion(atlas, qualification: nil, in: visit.context)
        }
        let parts = asked.split(separator: "@", maxSplits: 1).map(String.init)
        let desk = WorthDesk(
            database: office.database, anchor: try office.anchor(at: visit.now))
        guard let id = parts.first,
            let survey = try QualificationSurvey(
                of: id, version: parts.count > 1 ? parts[1] : nil, on: visit.now.day,
                by: WorthKnowledge(copies: desk, at: visit.now), at: visit.now)
        else {
            // Programs are told so in the status.
            guard !visit.isDocument else {
                throw SiteProblem.unanswerable(
                    Message(.registryNone), reason: ReasonCode.qualificationUnknown.rawValue)
            }
            return .worthQuestion(
                atlas, qualification: nil, problem: Message(.registryNone), in: visit.context)
        }
        let lines = await survey.rows(for: survey.awardOfToday, in: filter.places)
            .filter { filter.admits($0.row) }
            .map { WorthLine(row: $0.row, age: $0.age, names: $0.names) }
        return .worth(
            of: WorthSubject(survey, awarded: nil, in: visit.context), lines, atlas,
            in: visit.context)
    }

    private func worthOfCertificate(_ visit: Visit) async throws -> NodeAnswer {
        let handed = HandedOver.result(of: visit.request)
        let visit = visit.speaking((try? handed.get())?.text("lang"))
        let atlas = try await room.answering { try await self.atlas(visit) }
        let answer = await CertificateWorthAnswer(
            handed, desk: try desk(visit), pictures: pictures, room: room, visit: visit,
            atlas: atlas)
        return visit.answer(answer.page, at: .worth, status: answer.status)
    }

    private func network(_ visit: Visit) throws -> Page {
        let logs = try LogHealth.all(in: office, at: visit.now)
        let forks = try office.database.read { try $0.splitViews() }
        return .network(logs, forks: forks, in: visit.context)
    }
}
