import { IconChartBar } from '@tabler/icons-react'
import { lazy } from 'react'
import { navigate } from 'wouter/use-hash-location'
import { analyticsPath } from '../../shared/navigation/paths.ts'
import type { Feature } from '../../shared/registry/feature.ts'

export const engagement: Feature = {
  routes: [
    {
      path: '/analytics',
      Page: lazy(async () => ({ default: (await import('./AnalyticsPage.tsx')).LibraryAnalytics })),
    },
    {
      path: '/analytics/:videoId',
      Page: lazy(async () => ({ default: (await import('./AnalyticsPage.tsx')).VideoAnalytics })),
    },
  ],
  rail: { path: '/analytics', name: 'Analytics', icon: IconChartBar },
  videoActions: [
    {
      id: 'analytics',
      name: 'Analytics',
      icon: IconChartBar,
      run: ([video]) => video && navigate(analyticsPath(video.videoId)),
    },
  ],
  settings: async () => [
    { id: 'privacy', name: 'Privacy', order: 70, Content: (await import('./privacy/Privacy.tsx')).Privacy },
  ],
  videoPage: async () => (await import('./video-page.ts')).ENGAGEMENT,
}
