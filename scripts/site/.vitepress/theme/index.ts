/** The default theme of the generator, with what the tables of this documentation need. */
import theme from 'vitepress/theme'
import './tables.css'

export default theme
