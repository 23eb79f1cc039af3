import Credentials
import Registry
import TransparencyLog

/// A status list on which an answer rests, opened once: many credentials stand on it.
struct ReliedStatusList {
    enum Content {
        /// Its bytes are not at hand.
        case missing
        /// They are no such list, or none of the keys that may publish it signed them.
        case notSigned
        case signed(StatusListToken)
    }

    let list: StandingStatusList
    let content: Content

    private init(_ list: StandingStatusList, _ home: Knowledge.Log, _ knowledge: Knowledge) {
        self.list = list
        let publication = list.publication
        guard let bytes = knowledge.statusLists[publication.hash] else {
            content = .missing
            return
        }
        let keys = home.state.grants.filter {
            $0.signs(at: list.logged.index)
                && (($0.role == .body && $0.holder == publication.body)
                    || ($0.role == .authority
                        && $0.holder == list.logged.entry.envelope.author))
        }
        guard let token = try? StatusListToken(parsing: bytes),
            token.subject == publication.list,
            keys.contains(where: { (try? token.verify(with: $0.key.key)) != nil })
        else {
            content = .notSigned
            return
        }
        content = .signed(token)
    }

    /// The lists of that id and body that count: the newest, and until a quorum has seen it the
    /// newest one that a quorum has seen. Bad news counts at once: a list that no quorum has seen
    /// can only make it worse.
    static func all(
        _ uri: String, of body: String, in home: Knowledge.Log, _ knowledge: Knowledge
    ) -> [ReliedStatusList] {
        let published = home.state.statusLists(uri, of: body)
        guard let newest = published.max(by: { $0.publication.number < $1.publication.number })
        else { return [] }
        let relied =
            newest.logged.isWitnessed
            ? [newest] : [newest] + published.filter { $0.logged.isWitnessed }.suffix(1)
        return relied.map { ReliedStatusList($0, home, knowledge) }
    }
}
