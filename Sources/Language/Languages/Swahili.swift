extension Translation {
    static let swahili = Translation(
        parsing: """
            language = sw
            name = Kiswahili
            direction = ltr
            review = draft
            """)
}
