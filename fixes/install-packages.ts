import { defineFix } from '../src/contract/fix.ts'
import type { FixArgs } from '../src/contract/fix-args.ts'
import { installSteps, type PackageSurvey } from './shared/packages.ts'
import { surveyPackages } from './shared/survey-packages.ts'

export const installPackages = defineFix<'install-packages', FixArgs['install-packages'], PackageSurvey>({
  id: 'install-packages',
  title: 'Install packages',
  merge: (a, b) => ({ packages: [...new Set([...a.packages, ...b.packages])].sort() }),
  survey: (host, { packages }) => surveyPackages(host, packages),
  plan: ({ packages }, _config, survey) => {
    const { manager } = survey
    if (manager === null) {
      return [
        {
          kind: 'manual',
          text: `Install ${packages.join(', ')} (Debian's names): no known package manager was found here. On NixOS they go into environment.systemPackages of configuration.nix.`,
        },
      ]
    }
    return installSteps(packages, { ...survey, manager })
  },
})
