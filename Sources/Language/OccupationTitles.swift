/// Titles of occupations: the unit groups of ISCO-08 in English, and some in other languages.
///
/// Facts: English titles and codes from ESCO v1.1.1 (European Commission, reuse under Decision
/// 2011/833/EU; ISCO-08 by the ILO). The other languages are drafts of our own.
public enum OccupationTitles {
    /// The title of an occupation in a language, else in English; nil if the code is none.
    public static func title(of code: String, in language: String) -> String? {
        translations[code]?[language] ?? english[code]
    }

    /// Every title of an occupation that is known, in whatever language.
    public static func titles(of code: String) -> [String] {
        ([english[code]] + (translations[code].map { Array($0.values) } ?? [])).compactMap { $0 }
            + (everyday[code] ?? [])
    }

    /// Codes and titles, in the order of the codes.
    public static func all(in language: String) -> [(code: String, title: String)] {
        codes.compactMap { code in title(of: code, in: language).map { (code, $0) } }
    }

    private static let pairs: [(String, String)] = UnitGroups.text
        .split { $0 == "|" || $0 == "\n" }.map { item in
            let words = item.split(separator: " ")
            return (String(words[0]), words.dropFirst().joined(separator: " "))
        }
    private static let codes = pairs.map(\.0)
    private static let english = Dictionary(pairs) { first, _ in first }

    private static let translations: [String: [String: String]] = {
        var found: [String: [String: String]] = [:]
        for line in otherTitles.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            if parts.count == 3 { found[parts[0], default: [:]][parts[1]] = parts[2] }
        }
        return found
    }()

    /// What people say and no list of titles has.
    private static let everyday = [
        "2221": ["nurse", "registered nurse", "nurse responsible for general care"],
        "2512": ["software developer"], "5322": ["caregiver", "home care aide"],
        "7112": ["mason", "bricklayer"], "7115": ["carpenter", "joiner"], "7212": ["welder"],
        "7411": ["electrician", "building electrician"],
        "9111": ["domestic worker", "domestic housekeeper"],
    ]

    private static let otherTitles = """
        2221 ar ممرض/ممرضة
        2221 bn নার্স
        2221 de Pflegefachfrau/Pflegefachmann
        2221 es enfermero/enfermera de cuidados generales
        2221 fil nars
        2221 fr infirmier/infirmière en soins généraux
        2221 hi नर्स
        2221 id perawat
        2221 sw muuguzi
        2512 ar مطوّر برمجيات
        2512 bn সফটওয়্যার ডেভেলপার
        2512 de Softwareentwickler/-in
        2512 es desarrollador/desarrolladora de software
        2512 fil tagabuo ng software
        2512 fr développeur/développeuse de logiciels
        2512 hi सॉफ्टवेयर डेवलपर
        2512 id pengembang perangkat lunak
        2512 sw msanidi programu
        5322 ar مقدّم رعاية منزلية
        5322 bn পরিচর্যা কর্মী
        5322 de Pflegehelfer/Pflegehelferin
        5322 es cuidador/cuidadora a domicilio
        5322 fil tagapag-alaga
        5322 fr aide à domicile
        5322 hi देखभाल सहायक
        5322 id pengasuh (caregiver)
        5322 sw mhudumu wa nyumbani (huduma)
        7112 ar بنّاء
        7112 bn রাজমিস্ত্রি
        7112 de Maurer/Maurerin
        7112 es albañil
        7112 fil kantero (mason)
        7112 fr maçon/maçonne
        7112 hi राजमिस्त्री
        7112 id tukang batu
        7112 sw mwashi
        7212 ar لحّام
        7212 bn ওয়েল্ডার
        7212 de Schweißer/Schweißerin
        7212 es soldador/soldadora
        7212 fil manghihinang (welder)
        7212 fr soudeur/soudeuse
        7212 hi वेल्डर
        7212 id tukang las
        7212 sw mchomeleaji
        7411 ar كهربائي مبانٍ
        7411 bn ইলেকট্রিশিয়ান
        7411 de Elektroniker/-in Energie- und Gebäudetechnik
        7411 es electricista de la construcción
        7411 fil elektrisyan
        7411 fr électricien/électricienne du bâtiment
        7411 hi इलेक्ट्रीशियन
        7411 id tukang listrik bangunan
        7411 sw fundi umeme
        9111 ar عامل/عاملة منزلية
        9111 bn গৃহকর্মী
        9111 de Hausangestellte/-r
        9111 es trabajador/trabajadora del hogar
        9111 fil kasambahay
        9111 fr employé/employée de maison
        9111 hi घरेलू कामगार
        9111 id pekerja rumah tangga
        9111 sw mfanyakazi wa ndani
        """
}
