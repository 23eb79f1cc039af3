internal import GRDB

/// The tables of `log.sqlite`.
enum Schema {
    /// "CNLG" in SQLite's header: a file of another program is refused, not filled.
    static let applicationID = 0x434E_4C47
    static let version = 3

    /// An entry's place is one integer, so that a log is one run of rows in its order.
    static let indexBits = 40
    static let sizeLimit = UInt64(1) << 40

    static let sql = """
        CREATE TABLE log (
            id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 4194303),
            origin TEXT NOT NULL UNIQUE CHECK (length(origin) > 0),
            origin_hash BLOB NOT NULL UNIQUE CHECK (length(origin_hash) = 32),
            is_own INTEGER NOT NULL CHECK (is_own IN (0, 1)),
            size INTEGER NOT NULL DEFAULT 0 CHECK (size >= 0),
            standing TEXT NOT NULL DEFAULT 'sound'
                CHECK (standing IN ('sound', 'key-misused', 'frozen')),
            standing_size INTEGER NOT NULL DEFAULT 0 CHECK (standing_size >= 0)
        ) STRICT;

        -- position = log << 40 | index
        CREATE TABLE entry (
            position INTEGER PRIMARY KEY,
            kind INTEGER REFERENCES term (id),
            identity BLOB NOT NULL CHECK (length(identity) = 32),
            bytes BLOB NOT NULL CHECK (length(bytes) <= 65535)
        ) STRICT;

        -- The first eight bytes of an identity; a lookup compares the rest in the entry.
        CREATE TABLE identity (
            prefix INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (prefix, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE term (
            id INTEGER PRIMARY KEY,
            facet TEXT NOT NULL CHECK (facet IN ('kind', 'subject')),
            name TEXT NOT NULL,
            UNIQUE (facet, name)
        ) STRICT;

        CREATE TABLE posting (
            term INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (term, position)
        ) STRICT, WITHOUT ROWID;

        -- Up to 256 hashes; the rightmost tile of a level grows in place.
        CREATE TABLE tile (
            log INTEGER NOT NULL REFERENCES log (id),
            level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 7),
            idx INTEGER NOT NULL CHECK (idx >= 0),
            hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192
                AND length(hashes) % 32 = 0),
            PRIMARY KEY (log, level, idx)
        ) STRICT;

        -- signed: the newest note; witnessed: the newest with a quorum; pending: the note
        -- under which a long log is being fetched piece by piece.
        CREATE TABLE head (
            log INTEGER NOT NULL REFERENCES log (id),
            role TEXT NOT NULL CHECK (role IN ('signed', 'witnessed', 'pending')),
            size INTEGER NOT NULL CHECK (size >= 0),
            root BLOB NOT NULL CHECK (length(root) = 32),
            note BLOB NOT NULL,
            quorum_time INTEGER CHECK (role <> 'witnessed' OR quorum_time IS NOT NULL),
            PRIMARY KEY (log, role)
        ) STRICT;

        -- Kept for ever: the note by which a quorum first knew that size.
        CREATE TABLE checkpoint (
            log INTEGER NOT NULL REFERENCES log (id),
            size INTEGER NOT NULL CHECK (size >= 0),
            quorum_time INTEGER NOT NULL,
            note BLOB NOT NULL,
            PRIMARY KEY (log, size)
        ) STRICT;

        CREATE TABLE split_view (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 32),
            origin TEXT NOT NULL,
            bytes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX split_view_origin ON split_view (origin);

        CREATE TABLE blob (
            hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
            bytes BLOB NOT NULL
        ) STRICT;

        CREATE TABLE missing_blob (
            hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),
            log INTEGER NOT NULL REFERENCES log (id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE peer (
            origin TEXT NOT NULL CHECK (length(origin) > 0),
            url TEXT NOT NULL CHECK (length(url) > 0),
            card BLOB,
            PRIMARY KEY (origin, url)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE witness_state (
            origin TEXT PRIMARY KEY NOT NULL CHECK (length(origin) > 0),
            size INTEGER NOT NULL CHECK (size >= 0),
            root BLOB NOT NULL CHECK (length(root) = 32)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE challenge (
            nonce BLOB PRIMARY KEY NOT NULL CHECK (length(nonce) BETWEEN 16 AND 64),
            audience TEXT NOT NULL CHECK (length(audience) > 0),
            expires INTEGER NOT NULL,
            spent_at INTEGER
        ) STRICT, WITHOUT ROWID;

        -- The newest quorum time ever accepted: no clock may stand before it.
        CREATE TABLE clock (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            high_water INTEGER NOT NULL
        ) STRICT;
        """

    /// What version 2 added: the life mark, what a node was told at its start, and grants.
    static let secondVersion = """
        ALTER TABLE witness_state ADD COLUMN
            is_complete INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1));

        CREATE TABLE life_mark (
            role TEXT PRIMARY KEY NOT NULL CHECK (role IN ('log', 'witness', 'buddy')),
            incarnation BLOB NOT NULL CHECK (length(incarnation) = 32),
            sequence INTEGER NOT NULL CHECK (sequence >= 0),
            origin TEXT,
            size INTEGER CHECK (size >= 0),
            root BLOB CHECK (length(root) = 32)
        ) STRICT, WITHOUT ROWID;

        -- The start of the machine since which the node may sign.
        CREATE TABLE session (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            boot TEXT NOT NULL
        ) STRICT;

        CREATE TABLE seal_note (text TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE grant_state (
            origin TEXT PRIMARY KEY NOT NULL CHECK (length(origin) > 0),
            size INTEGER NOT NULL CHECK (size >= 0),
            root BLOB NOT NULL CHECK (length(root) = 32),
            is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        """

    /// What version 3 added: entries are found by subject and kind together, so that those of
    /// one kind about a country are not read where another kind is wanted.
    static let thirdVersion = """
        -- A subject, as entries of one kind list it.
        CREATE TABLE topic (
            id INTEGER PRIMARY KEY,
            subject INTEGER NOT NULL REFERENCES term (id),
            kind INTEGER NOT NULL REFERENCES term (id),
            UNIQUE (subject, kind)
        ) STRICT;

        CREATE TABLE mention (
            topic INTEGER NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (topic, position)
        ) STRICT, WITHOUT ROWID;

        INSERT INTO topic (subject, kind)
        SELECT DISTINCT term.id, entry.kind
        FROM term JOIN posting ON posting.term = term.id
        JOIN entry ON entry.position = posting.position
        WHERE facet = 'subject' AND entry.kind IS NOT NULL;

        INSERT INTO mention (topic, position)
        SELECT topic.id, posting.position
        FROM term JOIN posting ON posting.term = term.id
        JOIN entry ON entry.position = posting.position
        JOIN topic ON topic.subject = term.id AND topic.kind = entry.kind
        WHERE facet = 'subject'
        ORDER BY topic.id, posting.position;

        -- From here on a posting is by kind only.
        DELETE FROM posting WHERE term IN (SELECT id FROM term WHERE facet = 'subject');
        """

    /// Brings a database to this version; in one transaction, so that none is ever mixed.
    static func create(in db: Database, from version: Int) throws {
        if version == 0 { try db.execute(sql: sql) }
        if version < 2 { try db.execute(sql: secondVersion) }
        try db.execute(sql: thirdVersion)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }

    /// The version of the schema in the file, 0 if it is empty.
    ///
    /// - Throws: for a database of another program, and for one of a newer version.
    static func found(in db: Database, at path: String) throws -> Int {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        if application == 0, version == 0, tables == 0 { return 0 }
        guard application == applicationID else {
            let expected = String(applicationID, radix: 16)
            throw StorageError.foreignDatabase(
                path: path, expected: expected, found: String(application, radix: 16))
        }
        guard version <= Schema.version else {
            throw StorageError.newerDatabase(path: path, expected: Schema.version, found: version)
        }
        guard version >= 1 else {
            throw StorageError.olderDatabase(path: path, expected: Schema.version, found: version)
        }
        return version
    }
}
