/// The preset dictionaries of paper codes: what is in the window before the first byte of the
/// stream.
///
/// The bytes are normative (`Protocol/paper.md § Dictionary`); a test holds them against the
/// files there. A dictionary never changes: another one is another version of the code.
enum PaperDictionary {
    /// `Protocol/paper-dictionary-1.txt`: what is likeliest stands last, where it is cheapest.
    static let first = Array(
        (",\"exp\":19,\"exp\":20,\"nbf\":17,\"started\":\"20\",\"archive\":\"register-page-boo"
            + "k-folio- certificate national vocational diploma bachelor master licence level \"ver"
            + "sion\":\"1\",\"version\":\"2\",\"version\":\"TR 20.gov.edu.ac.org.int.ministry.autho"
            + "rity.education.training-centre-university-college-institute-school-board.registry.sk"
            + "ills.credentials.concord.sample.concord.example/-2024-2025-2026-2027-2028-2029-2030-"
            + "2031-2032-2033-2034-2035-01-02-03-04-05-06-07-08-09-10-11-12-13-14-15-16-17-18-19-20"
            + "-21-22-23-24-25-26-27-28-29-30-31/1\n{\"alg\":\"EdDSA\",\"typ\":\"dc+sd-jwt\"}\n"
            + "{\"vct\":\"urn:concord:credential:award:1\",\"iss\":\"\",\"country\":\"\",\"qualific"
            + "ation\":\"\",\"version\":\"\",\"awarded\":\"20\",\"valid_until\":\"20\",\"mode\":\"r"
            + "pl\",\"units\":[\"\",\"\"],\"archive\":\"\",\"iat\":17\",\"iat\":18,\"status\":{\"st"
            + "atus_list\":{\"idx\":1,\"uri\":\"https:///status//1\"}},\"name\":\"\",\"birth_year\""
            + ":20\",\"birth_year\":19}").utf8)
}
